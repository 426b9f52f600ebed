from django.db import migrations

from frontdesk.core.tenancy.collation import bytewise


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [bytewise("clients_client", "sort_key", 160)]
