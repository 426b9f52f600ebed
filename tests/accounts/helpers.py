"""What several of these tests do."""

import re

from django.core import mail
from django.test import Client as Browser
from django.urls import reverse

from frontdesk.activity.models import Activity
from frontdesk.core.jobs.worker import run_due
from frontdesk.core.tenancy.context import account_context

from ..cast import PASSWORD

LINK = re.compile(r"https?://[^\s\"<>]+")


def mailed() -> list:
    """The mails that the waiting jobs send."""
    run_due()
    return mail.outbox


def link_in(message) -> str:
    """The path of the link in a mail."""
    return "/" + LINK.search(message.body)[0].partition("://")[2].partition("/")[2]


def sign_in_with(login: str, password: str = PASSWORD, browser: Browser | None = None, **extra):
    """What posting the sign-in form answers, and the browser that did it."""
    browser = browser or Browser()
    return browser.post(reverse("account_login"), {"login": login, "password": password}, **extra), browser


def is_signed_in(browser: Browser) -> bool:
    """Whether this browser is still let in to its profile."""
    answer = browser.get(reverse("accounts:profile"))
    return answer.status_code == 200


def verbs(account) -> list[str]:
    """What was recorded in an account, oldest first."""
    with account_context(account):
        return list(Activity.objects.order_by("id").values_list("verb", flat=True))
