"""NUL, the one character that PostgreSQL keeps in no text: nobody types it, and no value with it reaches a statement.

Addresses with it are refused. It is taken out of forms, as `core.rest.schemas.Input` takes it out of JSON, since what
somebody pasted should not be lost for it.
"""

from django.http import QueryDict

from .errors import error_answer

NUL = "\0"


def without_nul(value):
    """A value of a request, lists and tables too, with every NUL taken out of its texts."""
    if isinstance(value, str):
        return value.replace(NUL, "") if NUL in value else value
    if isinstance(value, list):
        return [without_nul(one) for one in value]
    if isinstance(value, dict):
        return {without_nul(name): without_nul(one) for name, one in value.items()}
    return value


def _clean_form(form: QueryDict) -> QueryDict:
    if not any(NUL in text for name, values in form.lists() for text in (name, *values)):
        return form
    made = QueryDict(mutable=True)
    for name, values in form.lists():
        made.setlist(without_nul(name), without_nul(values))
    return made


class NulMiddleware:
    """Answers 404 for a path and 400 for a query with NUL.

    Forms of views that are exempt from CSRF are left as they come: a provider's hook gets what was signed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """The refusal, if any; a form is cleaned once the check of CSRF has read it."""
        if NUL in request.path_info:
            return error_answer(request, 404)
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or NUL in query:
            return error_answer(request, 400)
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _clean_form(request.POST)
        return None
