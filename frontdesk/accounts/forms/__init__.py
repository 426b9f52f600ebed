"""HTML input of people, sign-in and settings."""
