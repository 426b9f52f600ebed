"""What every page is made with."""

from .policy import PUBLIC, SIGNED_IN, Policy, page

__all__ = ["PUBLIC", "SIGNED_IN", "Policy", "page"]
