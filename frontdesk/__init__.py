"""Frontdesk: the one place where a service business and its clients meet."""

__version__ = "0.1.0"
