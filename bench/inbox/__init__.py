"""The inbox: many conversations, half of what is said in them by e-mail and SMS, and what an admin does with them."""
