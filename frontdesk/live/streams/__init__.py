"""Open streams: who is at the other end, what each follows, and the hub that brings events to them."""
