"""Saved views of the list of clients."""
