"""Changes of the schema belong to no account."""

from . import context


class AcrossAccounts:
    """Mixin for schema editors: migrations run over all accounts."""

    def __enter__(self):
        self._scope = context.enter(context.EVERY_ACCOUNT)
        return super().__enter__()

    def __exit__(self, *exception):
        try:
            return super().__exit__(*exception)
        finally:
            context.leave(self._scope)
