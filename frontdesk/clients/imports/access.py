"""Who may see and run which import."""

from uuid import UUID

from django.db.models import QuerySet

from frontdesk.core.errors import Missing

from .. import access, permissions
from .models import ClientImport


def imports_for(actor) -> QuerySet[ClientImport]:
    """The imports that the actor may see: those who may import see all of the account; raises Forbidden."""
    access.require(actor, permissions.IMPORT)
    return ClientImport.objects.all()


def get_import(actor, import_id: UUID) -> ClientImport:
    """One import; raises Missing or Forbidden."""
    found = (
        imports_for(actor).filter(pk=import_id).select_related("member", "change__member", "change__undone_by").first()
    )
    if found is None:
        raise Missing("import")
    return found
