"""Messages: one thread of a million, a thousand rooms of a thousand each, and what an admin does with them."""
