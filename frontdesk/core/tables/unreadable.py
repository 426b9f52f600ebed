"""What the reading code raises: a code and its details, not yet a sentence in anyone's language."""


class Unreadable(Exception):
    """The file is refused; `code` is a key of `refusal.MESSAGES`, `details` fill its sentence."""

    def __init__(self, code: str, **details):
        self.code = code
        self.details = details
        super().__init__(code)
