"""Two clients become one: everything of one moves to the other, and its address leads there."""
