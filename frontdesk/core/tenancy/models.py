"""The base of every tenant table."""

from django.db import DEFAULT_DB_ALIAS, models

from frontdesk.core.ids import uuid7

from .context import AccountContextMissing, current_account_id
from .fields import AccountForeignKey
from .inserting import insert


class TenantModel(models.Model):
    """A row that belongs to one account for ever: UUIDv7 key, account set once, every query scoped."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+", db_index=False)
    account_scoped = True

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Save within the account in context; raises AccountContextMissing where a key leaves the account."""
        if self.account_id is None:
            self.account_id = current_account_id()
        self._check_same_account()
        super().save(*args, **kwargs)

    def _check_same_account(self):
        for name, value in self._state.fields_cache.items():
            field = self._meta.get_field(name)
            if isinstance(field, AccountForeignKey) and value and value.account_id != self.account_id:
                raise AccountContextMissing(f"{self._meta.label}.{name} belongs to another account")

    def _do_insert(self, manager, using, fields, returning_fields, raw):
        """Past the compiler, which makes the same statement anew for every row, at twice the cost of writing it."""
        if not raw and using == DEFAULT_DB_ALIAS and insert(self, fields):
            return []
        return super()._do_insert(manager, using, fields, returning_fields, raw)

    def _do_update(self, base_qs, using, pk_val, values, *args, **kwargs):
        kept = [value for value in values if value[0].name != "account"]
        return super()._do_update(base_qs, using, pk_val, kept, *args, **kwargs)
