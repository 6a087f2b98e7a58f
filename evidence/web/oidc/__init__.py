"""Signing in by a provider of OpenID Connect: authorization code with PKCE, by Authlib, which is an extra. Nothing here
imports it before a provider is configured."""
