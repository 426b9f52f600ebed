"""Following: whoever of the office sees all clients chooses of whom they are told, by kind (C17)."""
