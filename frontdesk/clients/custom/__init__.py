"""The account's own fields of clients: what they are, and the values that clients have in them."""
