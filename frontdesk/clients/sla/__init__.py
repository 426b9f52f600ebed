"""How soon a client is answered and helped, by priority."""
