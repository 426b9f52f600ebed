from django.db import migrations

from frontdesk.core.tenancy.collation import bytewise


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [bytewise("accounts_member", "sort_name", 120)]
