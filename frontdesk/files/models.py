"""Files that people gave, files on their way, and what an account takes."""

from django.db import models

from frontdesk.core.tenancy.models import TenantModel


class Kind(models.TextChoices):
    """How a file is shown."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    OTHER = "other"


class State(models.TextChoices):
    """Whether a file may be fetched: a picture first has to be made anew from its pixels."""

    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"


class StoredFile(TenantModel):
    """A file that one person gave, at one place, or unattached and its uploader's alone while `place` is empty.

    `blob` names its content, which copies share and which goes with the last of them.
    """

    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    kind = models.CharField(max_length=5, choices=Kind)
    sha256 = models.CharField(max_length=64)
    blob = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.READY)
    uploader = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)
    place = models.CharField(max_length=20, blank=True)
    place_id = models.UUIDField(null=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Its rank among those attached together.")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    has_preview = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "place", "place_id", "id"], name="file_at_place"),
            models.Index(fields=["account", "blob"], name="file_of_blob"),
            models.Index(fields=["account", "created_at"], condition=models.Q(place=""), name="file_unattached"),
        ]


class KeptContent(TenantModel):
    """The content of a deleted file that can be brought back; it stays as long as the change that deleted it.

    `about` is the record of that change; `change_id` is no key, so that the content is known when the change is gone.
    """

    blob = models.CharField(max_length=120)
    change_id = models.UUIDField()
    about = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "blob"], name="kept_content_blob"),
            models.Index(fields=["account", "about"], name="kept_content_about"),
        ]


class Upload(TenantModel):
    """A file on its way in pieces; how much has come is the length of its part on disk, not kept here.

    `file` is what it became.
    """

    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    file_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "expires_at"], name="upload_expiry")]


class FileLimits(TenantModel):
    """Which files an account takes, where it chose something else than the default."""

    extensions = models.JSONField(default=list)
    megabytes = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], name="file_limits_of_account")]
