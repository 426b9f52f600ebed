"""What hostile visitors put into fields, bodies and headers."""

import json
from typing import Any

DEEP = "[" * 100_000 + "]" * 100_000
DEEP_OBJECT = '{"a":' * 100_000 + "1" + "}" * 100_000
TEXTS = {
    "NUL": "a\0b",
    "lone surrogate": "a\ud800b",
    "right-to-left": "\u202eabc\u2067\u200f\ufeff",
    "line ends": "a\r\nSet-Cookie: x=1\r\n\r\nb",
    "1 MB": "x" * 1_000_000,
    "markup": "<script>alert(1)</script>{{ 7 * 7 }}%(x)s %s {0}",
    "huge number": "9" * 400,
    "odd digits": "²٣",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
}
VALUES: dict[str, Any] = {
    "null": None, "true": True, "number": -(10**30), "list": [[]], "object": {"a": {"b": []}},
    "long list": ["x"] * 5000, "nested": [[[[{"a": None}]]]],
}  # fmt: skip
# Bodies that are no JSON, or not what an operation takes: content type and bytes.
JSON = "application/json"
BODIES: dict[str, tuple[str, bytes]] = {
    "empty": (JSON, b""),
    "cut": (JSON, b'{"name": "a'),
    "invalid UTF-8": (JSON, b'{"name": "\xff\xfe"}'),
    "NaN": (JSON, b'{"name": NaN, "limit": Infinity}'),
    "surrogate": (JSON, b'{"name": "\\ud800", "body": "\\udfff", "email": "a\\ud800@b.c"}'),
    "NUL": (JSON, b'{"name": "a\\u0000b", "body": "a\\u0000b"}'),
    "deep list": (JSON, DEEP.encode()),
    "deep object": (JSON, DEEP_OBJECT.encode()),
    "list": (JSON, b"[]"),
    "text": (JSON, b'"text"'),
    "null": (JSON, b"null"),
    "many fields": (JSON, json.dumps({f"f{n}": n for n in range(10_000)}).encode()),
    "long digits": (JSON, b'{"name": ' + b"9" * 10_000 + b"}"),
    "same field": (JSON, b'{"name": "a", "name": ["b"]}'),
    "wrong type": ("application/xml", b"<a/>"),
    "no type": ("", b'{"name": "a"}'),
    "wrong charset": (JSON + "; charset=utf-7", b'{"name": "+AGE-"}'),
    "no charset": (JSON + "; charset=nonsense", b'{"name": "a"}'),
}
BOUNDARY = "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="name"'
FORMS: dict[str, tuple[str, bytes]] = {
    "10,000 fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(10_000))),
    "same field": ("application/x-www-form-urlencoded", b"name=a&" * 2000),
    "invalid UTF-8": ("application/x-www-form-urlencoded", b"name=%ff%fe&body=\xff\xfe&email=%c3%28"),
    "broken escapes": ("application/x-www-form-urlencoded", b"%=%&%zz=%u0000&=&&;"),
    "wrong charset": ("application/x-www-form-urlencoded; charset=nonsense", b"name=a"),
    "no boundary": ("multipart/form-data", b"--b\r\n\r\n--b--"),
    "empty boundary": ("multipart/form-data; boundary=", b"----"),
    "cut part": (BOUNDARY, PART),
    "no end": (BOUNDARY, PART + b"\r\n\r\nabc"),
    "no name": (BOUNDARY, b"--b\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--b--\r\n"),
    "bad base64": (BOUNDARY, PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--b--\r\n"),
    "file for a field": (BOUNDARY, PART + b'; filename="../../x\0.txt"\r\nContent-Type: a/b\r\n\r\nabc\r\n--b--\r\n'),
    "long header": (BOUNDARY, PART + b"\r\nX: " + b"x" * 100_000 + b"\r\n\r\nabc\r\n--b--\r\n"),
    "many parts": (BOUNDARY, (PART + b"\r\n\r\nabc\r\n") * 6000 + b"--b--\r\n"),
    "many files": (BOUNDARY, (PART + b'; filename="a"\r\n\r\nabc\r\n') * 200 + b"--b--\r\n"),
    "JSON": (JSON, b'{"name": "a"}'),
    "wrong type": ("text/\xff", b"name=a"),
}
FORMSETS = {f"{name}-{part}_FORMS": text for name in ("emails", "phones", "form") for part, text in
            (("TOTAL", "99999999999999999999"), ("INITIAL", "-1"))}  # fmt: skip
HEADERS: dict[str, dict[str, str]] = {
    "long cookie": {"HTTP_COOKIE": "a=" + "x" * 60_000},
    "many cookies": {"HTTP_COOKIE": "; ".join(f"c{n}=1" for n in range(3000))},
    "odd cookies": {
        "HTTP_COOKIE": 'frontdesk_session=\0\xff; frontdesk_csrf="; frontdesk_language=../..; frontdesk_theme=<x>; ;=;='
    },
    "odd session": {"HTTP_COOKIE": "frontdesk_session=" + "\xff" * 32},
    "host": {"HTTP_HOST": "evil.example"},
    "bad host": {"HTTP_HOST": "a b\0<c>"},
    "host with userinfo": {"HTTP_HOST": "localhost:80@evil.example"},
    "host port": {"HTTP_HOST": "localhost:99999999"},
    "forwarded host": {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "host=evil.example"},
    "forwarded for": {"HTTP_X_FORWARDED_FOR": "\0, <x>, 999.1.1.1"},
    "odd address": {"REMOTE_ADDR": "not an address"},
    "method override": {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE", "HTTP_X_METHOD_OVERRIDE": "DELETE"},
    "odd language": {"HTTP_ACCEPT_LANGUAGE": "x" * 5000 + ",;q=z, ../../etc;q=1, \xff"},
    "odd accept": {"HTTP_ACCEPT": "a/b;q=zz,,,*", "HTTP_ACCEPT_ENCODING": "gzip;q=zz"},
    "odd referer": {"HTTP_REFERER": "http://[::1", "HTTP_ORIGIN": "null"},
    "odd request id": {"HTTP_X_REQUEST_ID": "\r\nX: 1"},
    "odd key": {"HTTP_IDEMPOTENCY_KEY": "\xff\0" * 20},
    "odd conditions": {
        "HTTP_IF_MODIFIED_SINCE": "Thu, 99 Foo 9999999 99:99:99 GMT",
        "HTTP_IF_NONE_MATCH": '"',
        "HTTP_RANGE": "bytes=-1-,z",
    },
    "fragment": {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "\xff", "HTTP_HX_CURRENT_URL": "http://[::1"},
}
BEARERS = (
    "Bearer",
    "Bearer ",
    "Bearer fd_",
    "Bearer \xff\xff",
    "Bearer " + "x" * 50_000,
    "Basic Og==",
    "Bearer fd_" + "0" * 32 + "_\xe9",
)
# Where no answer may lead, and what none may show.
AWAY = ("//evil.example", "http://evil.example", "https://evil.example", "javascript:", "/\\\\evil.example")
SECRETS = (b"root:x:0:", b"Traceback (most recent")
PATHS = (
    "/static/../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2fetc/passwd",
    "/static//etc/passwd",
    "/static/\\..\\..\\etc",
    "/static/%00",
    "/static/" + "a/" * 2000,
    "/%ff%fe",
    "/%00",
    "//evil.example/",
    "/clients/%0d%0aX:1/",
    "/clients/" + "9" * 5000 + "/",
    "/api/v1/clients/%00",
    "/api/v1/" + "x" * 5000,
    "/api/v1/clients/ffffffff-ffff-ffff-ffff-ffffffffffff",
    "/rt/%00",
    "/.git/config",
    "/data/keys/secret",
    "/\u202e/",
    "/?" + "a=1&" * 3000,
    "/?a[]=%ff",
    "/%f0%9f%92%a9/",
)
QUERIES = (
    "after=%00",
    "after=%ff",
    "after=eyJhIjoxfQ",
    "after=" + "x" * 5000,
    "before=x&after=y",
    "limit=1e9",
    "sort=%00",
    "sort=__class__",
    "q=%00",
    "q=" + "%F0%9F%92%A9" * 200,
    "q=" + "%25_" * 200,
    "q=%22%20OR%20%2A",
    "q=a&q=b",
    "status=x&kind=%00&assigned=%00&tag=%00&mobile=x&portal=x",
    "status=%ff&assigned=%ff",
    "next=//evil.example/",
    "next=javascript:alert(1)",
    "next=%00",
    "tab=%00",
    "verb=%00&member=%00&since=%00&until=0000-99-99",
    "from=0001-01-01&to=9999-12-31&date=9999-12-31",
    "page=-1",
    "email=%00&phone=%00",
    "value=%ff&emails-0-value=%00",
)
