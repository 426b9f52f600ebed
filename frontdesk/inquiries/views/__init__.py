"""The pages of forms: the public ones, and those of the settings."""

from .public import ask, embed, thanks
from .settings import delete, edit, form, forms, new, switch

__all__ = ["ask", "delete", "edit", "embed", "form", "forms", "new", "switch", "thanks"]
