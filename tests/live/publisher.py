"""Another process of an installation, as the background worker is one: publishes what it reads from stdin.

One JSON object a line, answered by one line when it is done:

    {"publish": [[topic, kind, data], …]}    in one transaction
    {"whisper": [topic, kind, data]}
    {"session": name of the cast}            the key of a new session
    {"present": true}                        the names of those who are there
    {"revoke": name}                         ends all sessions of somebody
"""

import json
import sys


def _sign_in(name: str) -> str:
    from django.conf import settings

    from frontdesk.accounts.models import Member
    from tests.conftest import sign_in

    return sign_in(Member.objects.get(name=name)).cookies[settings.SESSION_COOKIE_NAME].value


def _obey(account, said: dict) -> object:
    from django.db import transaction

    from frontdesk.accounts.models import Member, Session
    from frontdesk.live import hub, publishing

    if "publish" in said:
        with transaction.atomic():
            publishing.publish_many(account.pk, [tuple(one) for one in said["publish"]])
    elif "whisper" in said:
        publishing.whisper(account.pk, *said["whisper"])
    elif "session" in said:
        return _sign_in(said["session"])
    elif "revoke" in said:
        Session.objects.filter(user__members__name=said["revoke"]).delete()
    elif "present" in said:
        return sorted(Member.objects.filter(pk__in=hub.present(account.pk)).values_list("name", flat=True))
    return "done"


def main() -> None:
    """Obey until stdin ends."""
    from frontdesk.config.commands import set_up_django

    set_up_django()
    from frontdesk.accounts.models import Account

    account = Account.objects.get(pk=sys.argv[1])
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(_obey(account, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
