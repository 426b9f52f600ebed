"""REST: people."""

from uuid import UUID

from django.db import transaction
from ninja import Query, Router

from frontdesk.core.rest.answers import answer, answer_once, no_content
from frontdesk.core.rest.operation import operation

from .. import access, actions, queries
from ..actions.members import PersonInput
from ..permissions import MANAGE, PORTAL_MANAGE, VIEW
from . import schemas, shapes

router = Router(tags=["People"])
MEMBER = "/members/{uuid:member_id}"


def _shown(member) -> dict:
    return shapes.member(queries.person(member))


@operation(router, "GET", "/members", right=VIEW, answer=schemas.MemberRows, summary="List people")
def list_members(request, query: Query[schemas.MemberQuery]):
    """Everyone of the account by name, by role and status if wanted."""
    filters = queries.PeopleFilters(query.role, query.status, query.q, query.sort, query.away)
    found = queries.people(request.actor, filters, after=query.after, limit=query.limit)
    return answer({"data": [shapes.member(person) for person in found.rows], "next": found.after})


@operation(router, "POST", "/members", right=MANAGE, answer=schemas.MemberMade, status=201, summary="Add a colleague")
def add_member(request, body: schemas.MemberIn):
    """Invite a colleague, or add them with a link or a temporary password, which the answer shows once."""
    typed = body.dict()
    method, once = typed.pop("method"), {}
    person = PersonInput(**typed)
    if method == "welcome":
        member, _none = actions.create_member(request.actor, person, welcome=True)
    elif method == "password":
        member, once["password"] = actions.create_member(request.actor, person)
    else:
        member = actions.invite_member(request.actor, person, mail=method == "mail")
        once |= {"link": actions.issue_link(request.actor, member)} if method == "link" else {}
    return (answer_once if once else answer)({**_shown(member), **once}, 201)


@operation(router, "GET", MEMBER, right=VIEW, obj="member", answer=schemas.MemberOut, summary="Show a person")
def show_member(request, member_id: UUID):
    """One person."""
    return answer(_shown(access.get_member(request.actor, member_id)))


@operation(
    router, "PATCH", MEMBER, right=PORTAL_MANAGE, obj="member", answer=schemas.MemberOut, summary="Change a person"
)  # fmt: skip
def change_member(request, member_id: UUID, body: schemas.MemberPatch):
    """Name, phone, and a colleague's role; the team is changed by admins only."""
    member = access.get_member(request.actor, member_id)
    typed = body.dict(exclude_none=True)
    with transaction.atomic():
        if body.role is not None:
            actions.change_role(request.actor, member, typed.pop("role"))
        if typed:
            kept = {"name": member.name, "phone": member.phone}
            actions.change_member(request.actor, member, **{**kept, **typed})
    return answer(_shown(member))


@operation(
    router, "POST", MEMBER + "/activate", right=PORTAL_MANAGE, obj="member", answer=schemas.MemberOut,
    summary="Switch access on",
)  # fmt: skip
def activate(request, member_id: UUID):
    """Let a person sign in again."""
    return answer(_shown(actions.activate(request.actor, access.get_member(request.actor, member_id))))


@operation(
    router, "POST", MEMBER + "/deactivate", right=PORTAL_MANAGE, obj="member", answer=schemas.MemberOut,
    summary="Switch access off",
)  # fmt: skip
def deactivate(request, member_id: UUID):
    """End a person's access: sessions and tokens stop at once."""
    return answer(_shown(actions.deactivate(request.actor, access.get_member(request.actor, member_id))))


@operation(
    router, "POST", MEMBER + "/invitation", right=PORTAL_MANAGE, obj="member", answer=schemas.InvitationOut, status=201,
    summary="Invite a person",
)  # fmt: skip
def invite(request, member_id: UUID):
    """Send a new invitation to someone who has not registered; earlier ones end."""
    member = access.get_member(request.actor, member_id)
    return answer(shapes.invitation(actions.send_invitation(request.actor, member)), 201)


@operation(
    router, "POST", MEMBER + "/link", right=PORTAL_MANAGE, obj="member", answer=schemas.OnceOut,
    summary="Make an invitation link",
)  # fmt: skip
def link(request, member_id: UUID):
    """A link to register, to hand over; earlier ones end."""
    return answer_once({"link": actions.issue_link(request.actor, access.get_member(request.actor, member_id))})


@operation(
    router, "POST", MEMBER + "/sign-in", right=PORTAL_MANAGE, obj="member", answer=schemas.OnceOut,
    summary="Give a username",
)  # fmt: skip
def give_sign_in(request, member_id: UUID, body: schemas.SignInIn):
    """A username with a temporary password, which the answer shows once when it was made here."""
    member = access.get_member(request.actor, member_id)
    made = actions.give_sign_in(request.actor, member, username=body.username, password=body.password or None)
    return answer_once({"password": made or ""})


@operation(router, "DELETE", MEMBER + "/sign-in", right=PORTAL_MANAGE, obj="member", status=204, summary="Take sign-in")
def take_sign_in(request, member_id: UUID):
    """Take username and password away; sessions and tokens stop at once."""
    actions.take_sign_in(request.actor, access.get_member(request.actor, member_id))
    return no_content()


@operation(
    router, "POST", MEMBER + "/password", right=PORTAL_MANAGE, obj="member", answer=schemas.OnceOut,
    summary="Make a temporary password",
)  # fmt: skip
def reset_password(request, member_id: UUID):
    """Replace a person's password by a temporary one."""
    return answer_once({"password": actions.reset_password(request.actor, access.get_member(request.actor, member_id))})
