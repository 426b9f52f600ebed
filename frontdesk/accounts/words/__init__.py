"""The account's own words: how each language bends them, ready-made sets, and example sentences."""
