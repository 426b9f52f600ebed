"""How the public pages of a form are shown: in whose language, with which headers, with what was typed."""

from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from frontdesk.accounts.models import Account
from frontdesk.core.errors import Invalid
from frontdesk.core.forms import show_refusal
from frontdesk.core.http.security import CONTENT_SECURITY_POLICY
from frontdesk.core.reader import language
from frontdesk.core.text import gettext as _
from frontdesk.core.text import gettext_lazy as _lazy
from frontdesk.files.limits import limits

from ..access import address_of
from ..actions.sending import LONGEST_MESSAGE, LONGEST_NAME, Typed
from ..models import Ask, InquiryForm
from ..tickets import LEAST_SECONDS, Ticket
from ..wording import Wording, wording

LOOKS = ("light", "dark")
MOST_PHOTOS = 3
PHOTOS = ("jpg", "jpeg", "png", "webp", "heic", "heif", "gif", "avif")


class AskForm(forms.Form):
    """What a form asks; all checking is the verb's, so that it speaks the page's language."""

    name = forms.CharField(label=_lazy("Name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.CharField(
        label=_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
    )
    phone = forms.CharField(label=_lazy("Phone"), widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}))
    topic = forms.ChoiceField(label=_lazy("What is it about?"))
    message = forms.CharField(label=_lazy("Message"), widget=forms.Textarea(attrs={"rows": 6}))
    agreed = forms.BooleanField()

    def __init__(self, form: InquiryForm, said: Wording, typed: Typed | None):
        values = {name: value for name, value in asdict(typed).items() if value} if typed else None
        super().__init__(values)
        for name in ("email", "phone"):
            if getattr(form, name) == Ask.NO:
                del self.fields[name]
            else:
                self.fields[name].required = getattr(form, name) == Ask.REQUIRED
        if form.topics:
            names = said.topics.splitlines() or form.topics
            self.fields["topic"].choices = [("", _("Choose…")), *zip(form.topics, names, strict=False)]
        else:
            del self.fields["topic"]
        self.fields["agreed"].label = said.consent
        self.fields["name"].widget.attrs["maxlength"] = LONGEST_NAME
        self.fields["message"].widget.attrs["maxlength"] = LONGEST_MESSAGE
        # What is wrong is said by the verb, and only after somebody sent it.
        self._errors = forms.utils.ErrorDict() if typed else None
        self.cleaned_data = {}


@dataclass(frozen=True)
class Page:
    """A request for a form: `extra` are the parameters that stay through all of its pages."""

    request: HttpRequest
    account: Account
    form: InquiryForm
    extra: dict = field(default_factory=dict)

    @property
    def embedded(self) -> bool:
        """Whether it stands in a page of another site."""
        return bool(self.extra.get("embedded"))

    def href(self, name: str = "ask") -> str:
        """The address of one of the form's pages, as this visitor sees it."""
        path = reverse(f"inquiries:{name}", args=[address_of(self.form)])
        return f"{path}?{urlencode(self.extra)}" if self.extra else path


def page_of(request, account: Account, form: InquiryForm) -> Page:
    """What a request asks for."""
    asked = request.POST.get("speak") or request.POST.get("lang") or request.GET.get("lang", "")
    known = {code for code, _name in settings.LANGUAGES}
    extra = {"lang": asked} if asked in known else {}
    if request.GET.get("embedded"):
        extra["embedded"] = "1"
        look = request.GET.get("theme", "light")
        extra |= {"theme": look} if look in (*LOOKS, "auto") else {}
    return Page(request, account, form, extra)


def shown(page: Page, template: str, context: dict | None = None, status: int = 200) -> HttpResponse:
    """One of the form's pages, with the headers that it needs."""
    look = page.extra.get("theme", "light") if page.embedded else ""
    said = wording(page.form, page.account.name)
    frame = {
        "page": page, "business": page.account, "said": said, "look": look if look in LOOKS else "",
        "privacy_href": reverse("accounts:privacy_of", args=[page.account.pk]), "hue": page.form.hue,
        "spoken": language(), "listed": page.form.listed and not page.embedded,
    }  # fmt: skip
    answer = render(page.request, f"inquiries/{template}", {**frame, **(context or {})}, status=status)
    return _headed(page, answer)


def _headed(page: Page, answer: HttpResponse) -> HttpResponse:
    if page.embedded:
        sites = " ".join(["'self'", *page.form.sites]) if page.form.sites else "*"
        framing = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {sites}")
        answer.headers["Content-Security-Policy"] = framing
    if page.embedded or not page.form.listed:
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def form_page(
    page: Page,
    ticket: Ticket,
    typed: Typed | None = None,
    refused: Invalid | None = None,
    *,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    """The form, empty or with what was typed and why it was not taken."""
    asked = AskForm(page.form, wording(page.form, page.account.name), typed)
    if refused is not None:
        show_refusal(asked, Invalid({name: said for name, said in refused.errors.items() if name != "photos"}))
    context = {
        "asked": asked, "ticket": ticket.sealed(page.form), "challenge": ticket.key.hex, "notice": notice,
        "trap": typed.trap if typed else "", "photos": page.form.photos, **_for_photos(page, refused),
    }  # fmt: skip
    return shown(page, "ask.html", context, status)


def _for_photos(page: Page, refused: Invalid | None = None) -> dict:
    """What the field for photos needs; photos that were chosen before are not kept, which is said."""
    said = refused.errors.get("photos", []) if refused else []
    if not said and page.form.photos and page.request.FILES.getlist("photos"):
        said = [_("Please choose the photos again.")]
    accept = [f".{one}" for one in PHOTOS if one in limits().extensions]
    return {"accept": ",".join(accept), "most_photos": MOST_PHOTOS, "photo_errors": said}


def confirm_page(page: Page, ticket: Ticket, typed: Typed) -> HttpResponse:
    """One more step for those for whom no browser has worked: what they typed, and a button to press."""
    values = {**asdict(typed), "agreed": "1" if typed.agreed else ""}
    context = {"ticket": ticket.sealed(page.form), "values": values, "seconds": LEAST_SECONDS, **_for_photos(page)}
    return shown(page, "confirm.html", context)
