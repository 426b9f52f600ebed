"""Teams: people of the business who work together."""

from django.db import models

from frontdesk.core.tenancy.fields import AccountForeignKey
from frontdesk.core.tenancy.models import TenantModel


class Team(TenantModel):
    """A team; `key` is its name as it is compared, `hue` one of eight colours. It gives nobody a right."""

    name = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    hue = models.PositiveSmallIntegerField(default=6)
    lead = models.ForeignKey("accounts.Member", models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="team_key")]

    def __str__(self):
        return self.name


class TeamMember(TenantModel):
    """Somebody belongs to a team."""

    team = AccountForeignKey(Team, models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "team", "member"], name="team_member_once")]
        indexes = [models.Index(fields=["account", "member", "team"], name="teams_of_member")]
