"""Conversations with clients: one thread a client, over portal, e-mail and SMS, in one inbox."""
