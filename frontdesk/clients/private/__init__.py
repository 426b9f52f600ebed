"""What the office notes about a person, for the office alone."""
