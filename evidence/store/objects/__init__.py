"""Originals in an object store (S3, or a folder that several machines share): put once, never written over."""
