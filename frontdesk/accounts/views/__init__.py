"""Pages of people, sign-in and settings."""
