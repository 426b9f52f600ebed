"""How typed words become conditions of the text index."""


def like(word: str) -> str:
    """A pattern that finds the word anywhere."""
    return f"%{word}%"


def trigrams(words: list[str]) -> str:
    """The words as a query of SQLite's trigram index without positions."""
    grams = {word[start : start + 3] for word in words for start in range(len(word) - 2)}
    return " ".join(f'"{gram}"' for gram in sorted(grams))
