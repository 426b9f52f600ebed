"""A bare ASGI application that answers each measured job with JSON.

Its addresses are /page/... (a session cookie, and the rows that the HTML page reads) and /api/... (a bearer token,
and the rows that the API operation reads).
"""

from urllib.parse import parse_qsl

import msgspec

from . import actors, conversing, reading, talking, writing
from .database import connect
from .receiving import receive_piece
from .streaming import streams

database = connect()
HEADERS = [(b"content-type", b"application/json")]


def _list(account, _actor, page: bool, query: dict, _typed, _key, _session) -> dict:
    found = reading.client_list(database, account, query)
    return found | reading.around_list(database, account) if page else found


def _search(account, _actor, _page, query: dict, _typed, _key, _session) -> dict:
    messages = talking.search(database, account, query, most=8)
    return {**reading.search(database, account, query), "messages": messages["data"]}


def _open(account, _actor, page: bool, _query, _typed, key: str, _session) -> dict:
    found = reading.one_client(database, account, key)
    if page:
        found["timeline"] = reading.timeline(database, account, key)
    return found


def _create(account, actor, page: bool, _query, typed: dict, _key, session) -> dict:
    if page and writing.duplicates(database, account, typed):
        return {"error": "duplicate"}
    return writing.create(database, account, actor, typed, session)


def _note(account, actor, _page, _query, typed: dict, key: str, _session) -> dict:
    return writing.add_note(database, account, actor, key, typed["body"])


def _rooms(account, actor, _page, _query, _typed, _key, _session) -> dict:
    return talking.rooms(database, account, actor)


def _thread(account, actor, page: bool, _query, _typed, key: str, _session) -> dict:
    return talking.thread(database, account, actor, key, page)


def _messages(account, _actor, _page, query: dict, _typed, _key, _session) -> dict:
    return talking.search(database, account, query)


def _post(account, actor, _page, _query, typed: dict, key: str, _session) -> dict:
    return talking.post(database, account, actor, key, typed["body"])


def _inbox(account, actor, page: bool, _query, _typed, _key, _session) -> dict:
    return conversing.inbox(database, account, actor, page)


def _conversation(account, actor, page: bool, _query, _typed, key: str, _session) -> dict:
    return conversing.conversation(database, account, actor, key, page)


JOBS = {
    "inbox": _inbox,
    "conversation": _conversation,
    "rooms": _rooms,
    "thread": _thread,
    "messages": _messages,
    "post": _post,
    "list": _list,
    "search": _search,
    "open": _open,
    "create": _create,
    "note": _note,
}


async def _body(receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


async def application(scope, receive, send) -> None:
    """Answer one request."""
    if scope["path"].startswith("/rt/"):
        await streams(scope, receive, send)
        return
    if scope["path"].startswith("/receive/"):
        await receive_piece(scope, receive, send)
        return
    _, surface, job, *key = scope["path"].split("/")
    headers, page = dict(scope["headers"]), surface == "page"
    if page:
        member, session = actors.of_session(database, headers[b"cookie"].decode())
    else:
        member, session = actors.of_token(database, headers[b"authorization"].decode())
    query = dict(parse_qsl(scope["query_string"].decode()))
    typed = msgspec.json.decode(await _body(receive)) if scope["method"] == "POST" else {}
    key = database.identifier(key[0]) if key else None
    answer = msgspec.json.encode(JOBS[job](member[1], member[0], page, query, typed, key, session))
    length = (b"content-length", str(len(answer)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, length]})
    await send({"type": "http.response.body", "body": answer})
