import django.db.models.deletion
from django.db import migrations, models

import frontdesk.core.ids
import frontdesk.core.tenancy.fields
import frontdesk.inquiries.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0008_away"),
        ("clients", "0016_following"),
        ("teams", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="InquiryForm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=frontdesk.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("token", models.CharField(default=frontdesk.inquiries.models.new_token, max_length=16)),
                ("enabled", models.BooleanField(default=True)),
                (
                    "email",
                    models.CharField(
                        choices=[("no", "Not asked"), ("optional", "Optional"), ("required", "Required")],
                        default="optional",
                        max_length=8,
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        choices=[("no", "Not asked"), ("optional", "Optional"), ("required", "Required")],
                        default="optional",
                        max_length=8,
                    ),
                ),
                ("photos", models.BooleanField(default=False)),
                ("topics", models.JSONField(blank=True, default=list)),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("sites", models.JSONField(blank=True, default=list)),
                ("listed", models.BooleanField(default=False, help_text="Whether search engines may show its page.")),
                ("hue", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "team",
                    frontdesk.core.tenancy.fields.AccountForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=frontdesk.core.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("language", models.CharField(max_length=12)),
                ("topic", models.CharField(blank=True, max_length=80)),
                ("consent", models.TextField()),
                ("suspected", models.BooleanField(default=False)),
                ("marks", models.JSONField(blank=True, default=list)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "client",
                    frontdesk.core.tenancy.fields.AccountForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clients.client",
                    ),
                ),
                (
                    "form",
                    frontdesk.core.tenancy.fields.AccountForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="inquiries.inquiryform",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="inquiryform",
            index=models.Index(
                condition=models.Q(("team__isnull", False)), fields=["account", "team"], name="inquiry_form_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiryform",
            constraint=models.UniqueConstraint(fields=("account", "token"), name="inquiry_form_token"),
        ),
        migrations.AddIndex(
            model_name="inquiry",
            index=models.Index(fields=["account", "client", "id"], name="inquiries_of_client"),
        ),
        migrations.AddIndex(
            model_name="inquiry",
            index=models.Index(fields=["account", "form", "id"], name="inquiries_of_form"),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.UniqueConstraint(fields=("account", "key"), name="inquiry_once"),
        ),
    ]
