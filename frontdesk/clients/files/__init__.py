"""Files of a client, for the team."""
