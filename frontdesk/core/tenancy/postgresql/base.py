"""PostgreSQL with account scoping."""

from django.db.backends.postgresql import base, features, operations, schema

from ..schema import AcrossAccounts


class DatabaseOperations(operations.DatabaseOperations):
    """Operations whose compilers scope by account."""

    compiler_module = "frontdesk.core.tenancy.postgresql.compilers"


class DatabaseFeatures(features.DatabaseFeatures):
    """A sharded cluster cannot group by a primary key alone."""

    allows_group_by_selected_pks = False


class DatabaseSchemaEditor(AcrossAccounts, schema.DatabaseSchemaEditor):
    """Schema changes over all accounts."""


class DatabaseWrapper(base.DatabaseWrapper):
    """The stock wrapper with the operations and features above."""

    ops_class = DatabaseOperations
    features_class = DatabaseFeatures
    SchemaEditorClass = DatabaseSchemaEditor
