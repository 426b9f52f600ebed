"""Sending: which addresses are allowed, signatures, one request, and when to try again."""
