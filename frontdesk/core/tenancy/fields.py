"""Foreign keys between tenant tables."""

from django.db import models
from django.db.models.sql.where import AND, WhereNode


class AccountForeignKey(models.ForeignKey):
    """A foreign key between two tenant models: every join also equates the account."""

    def get_extra_restriction(self, alias, related_alias):
        """The condition that ties both ends of a join to the same account."""
        if not (alias and related_alias):
            return None
        here = self.model._meta.get_field("account")
        there = self.related_model._meta.get_field("account")
        return WhereNode([here.get_lookup("exact")(here.get_col(related_alias), there.get_col(alias))], AND)

    def get_extra_descriptor_filter(self, instance):
        """The condition under which the related object is loaded from an instance."""
        return {"account_id": instance.account_id}
