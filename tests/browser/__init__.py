"""Walks through the product in a real browser, against a real server."""
