"""Mails of strangers, read: everything here is pure and runs in a bounded child process (`child`)."""
