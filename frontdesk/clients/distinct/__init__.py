"""Likely duplicates among clients, and saying that some are none."""
