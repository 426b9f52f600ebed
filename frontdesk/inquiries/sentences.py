"""What happens with forms and inquiries, in words; never what somebody wrote."""

from frontdesk.activity.sentences import register, register_box, register_group, register_names
from frontdesk.core.text import gettext_lazy as _lazy

from .queries import inquiries_by_id, load_names
from .wording import marks_said

CAME = _lazy("An inquiry came by a form")
SUSPECTED = _lazy("An inquiry came by a form that looks like advertising: it %(marks)s")
NAMES = {"form": "inquiry_form"}


def _came(data: dict):
    return SUSPECTED if data.get("suspected") else CAME


register_names("inquiry_form", load_names, url_name="inquiries:form")
register_group("inquiry", _lazy("Inquiries"))
register("inquiry.received", icon="forms", hue="green", names=NAMES, sentence=_came,
         values=lambda data: {"marks": marks_said(data.get("suspected", []))})  # fmt: skip
register("inquiry.form_added", icon="forms", hue="green", names=NAMES, sentence=_lazy("%(who)s added an inquiry form"))
register("inquiry.form_changed", icon="edit", names=NAMES, sentence=_lazy("%(who)s changed an inquiry form"))
register("inquiry.form_on", icon="forms", hue="green", names=NAMES,
         sentence=_lazy("%(who)s switched an inquiry form on"))  # fmt: skip
register("inquiry.form_off", icon="forms", hue="amber", names=NAMES,
         sentence=_lazy("%(who)s switched an inquiry form off"))  # fmt: skip
register("inquiry.form_deleted", icon="trash", hue="red", sentence=_lazy("%(who)s deleted an inquiry form"))
register("inquiry.form_undone", icon="arrow-back-up", hue="green",
         sentence=_lazy("%(who)s brought an inquiry form back"))  # fmt: skip
register_box("inquiry.received", inquiries_by_id, template="inquiries/parts/consent.html")
