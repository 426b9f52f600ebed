"""The colour of a client in a member's own calendar."""
