"""Measures Frontdesk against floors taken in the same run; see README.md."""
