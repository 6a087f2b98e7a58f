"""Bytes become documents. The only package that opens document files or runs programs; nothing is interpreted."""
