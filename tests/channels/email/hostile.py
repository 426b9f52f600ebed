"""Mails that were built to do harm: generated, several hundred, each with a name."""

import base64
import random
from collections.abc import Iterator

from .mails import multipart, part, raw_mail

SCRIPTS = [
    "<script>X</script>", "<img src=x onerror=X>", "<svg onload=X>", "<svg><script>X</script></svg>", "<body onload=X>",
    "<iframe srcdoc='<script>X</script>'></iframe>", "<iframe src=javascript:X></iframe>", "<a href=javascript:X>a</a>",
    "<a href='java&#10;script:X'>a</a>", "<a href='&#106;avascript:X'>a</a>", "<a href=' javascript:X'>a</a>",
    "<a href='data:text/html,<script>X</script>'>a</a>", "<a href='vbscript:X'>a</a>", "<math><mtext></mtext><script>X</script></math>",  # noqa: E501
    "<math href=javascript:X>a</math>", "<form action=javascript:X><button>a</button></form>", "<button formaction=javascript:X>a</button>",  # noqa: E501
    "<input autofocus onfocus=X>", "<select autofocus onfocus=X>", "<textarea autofocus onfocus=X>", "<video src=x onerror=X>",  # noqa: E501
    "<audio src=x onerror=X>", "<video><source onerror=X></video>", "<details open ontoggle=X>a</details>", "<marquee onstart=X>a</marquee>",  # noqa: E501
    "<object data=javascript:X></object>", "<embed src=javascript:X>", "<applet code=X></applet>", "<base href=javascript:X//>",  # noqa: E501
    "<link rel=stylesheet href=data:text/css,*{x:expression(X)}>", "<meta http-equiv=refresh content='0;url=javascript:X'>",  # noqa: E501
    "<style>@import 'javascript:X';</style>", "<style>*{background:url(javascript:X)}</style>", "<div style='background:url(javascript:X)'>a</div>",  # noqa: E501
    "<div style='width:expression(X)'>a</div>", "<div style='-moz-binding:url(x#X)'>a</div>", "<div style='behavior:url(x.htc)'>a</div>",  # noqa: E501
    "<div style='position:fixed;top:0;left:0;width:9999px;height:9999px'>a</div>", "<p style='color:re\\d;background:u\\rl(x)'>a</p>",  # noqa: E501
    "<noscript><p title='</noscript><img src=x onerror=X>'>", "<template><script>X</script></template>", "<xmp><script>X</script></xmp>",  # noqa: E501
    "<plaintext><script>X</script>", "<title><script>X</script></title>", "<textarea></textarea><script>X</script>",
    "<!--><script>X</script>-->", "<!--<img src='--><img src=x onerror=X>'>", "<![CDATA[<script>X</script>]]>", "<?xml <script>X</script>?>",  # noqa: E501
    "<scr<script>ipt>X</scr</script>ipt>", "<img src='x' onerror='X'//", "<img/src=x/onerror=X>", "<img src=x onerror=X ", "<IMG SRC=x OnErRoR=X>",  # noqa: E501
    "<img src='cid:x\" onerror=X'>", "<img src='http://x\" onerror=\"X'>", "<img alt='\"><script>X</script>' src=http://x.example/>",
    "<a href='http://x.example/\"onmouseover=X'>a</a>", "<a title='`><img src=x onerror=X>'>a</a>", "<p id=x onclick=X class='gmail_quote'>a</p>",  # noqa: E501
    "<div class='gmail_quote\" onclick=X'>a</div>", "<table background=javascript:X><tr><td background=javascript:X>a</table>",  # noqa: E501
    "<svg><a xlink:href=javascript:X><text>a</text></a></svg>", "<svg><animate onbegin=X attributeName=x></svg>",
    "<svg><set attributeName=href to=javascript:X></svg>", "<svg><foreignObject><script>X</script></foreignObject></svg>",  # noqa: E501
    "<math><annotation-xml encoding=text/html><script>X</script></annotation-xml></math>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=X>",  # noqa: E501
    "<svg></p><style><a id='</style><img src=1 onerror=X>'>", "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=X&gt;'>",  # noqa: E501
    "\x00<script>X</script>", "<script\x00>X</script>", "<scr\x00ipt>X</script>", "<img src=x onerror\x0b=X>", "<a href='\x01javascript:X'>a</a>",  # noqa: E501
    "<img srcset='x 1x' onerror=X>", "<picture><source srcset=javascript:X><img></picture>", "<img src='data:image/svg+xml,<svg onload=X>'>",  # noqa: E501
    "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'>", "<img src='data:text/html;base64,PHNjcmlwdD4='>", "<keygen autofocus onfocus=X>",  # noqa: E501
    "<isindex action=javascript:X type=image>", "<frameset onload=X><frame src=javascript:X></frameset>", "<dialog open onclose=X>a</dialog>",  # noqa: E501
    "<custom-element onclick=X>a</custom-element>", "<p contenteditable onbeforeinput=X>a</p>", "<p onpointerrawupdate=X>a</p>", "<slot onslotchange=X>a</slot>",  # noqa: E501
    "<a target=_self href='//evil.example'>a</a>", "<a ping=//evil.example href=http://x.example>a</a>", "<portal src=javascript:X>", "<bgsound src=javascript:X>",  # noqa: E501
]  # fmt: skip
CHARSETS = [
    "utf-7",
    "utf-16",
    "utf-32",
    "hz",
    "iso-2022-kr",
    "idna",
    "punycode",
    "zlib_codec",
    "rot13",
    "unicode_escape",
    "x" * 5000,
    "\\x00",
    "../../etc",
]
WORD_TRICKS = [
    b"=?utf-8?q?a=00b?=", b"=?utf-8?b?" + b"A" * 100_000 + b"?=", b"=?utf-8?q?" + b"=0D=0AX-Evil:=20yes" * 50 + b"?=", b"=?utf-7?q?+ADw-script+AD4-?=",  # noqa: E501
    b"=?x?x?x?=" * 2000, b"=?utf-8?Q?=?=", b"=?" * 20_000, b"\xff\xfe" * 1000, "\u202e\u2066evil".encode(), b"=?utf-8?b?gICAgA==?=",  # noqa: E501
]  # fmt: skip
SENDERS = [
    b"maria@ionescu.example@evil.example", b'"maria@ionescu.example" <evil@x.example>', b"<maria@ionescu.example> <evil@x.example>",  # noqa: E501
    b"maria@ionescu.example, evil@x.example", b"evil@x.example (maria@ionescu.example)", b"=?utf-8?q?maria=40ionescu.example?= <evil@x.example>",  # noqa: E501
    b"maria@ionescu.example\x00<evil@x.example>", b"maria@ionescu.example\r\n <evil@x.example>", b"(" * 3000 + b"maria@ionescu.example", b'"' * 3001,  # noqa: E501
    b"<" * 3000, b"," * 100_000, b"a@b.example," * 20_000, b"maria@xn--ionescu-.example", "mаria@ionescu.example".encode(), b"MARIA@IONESCU.EXAMPLE",  # noqa: E501
]  # fmt: skip


def nested(depth: int) -> bytes:
    """Parts within parts."""
    inner = b"Content-Type: text/plain\r\n\r\ninnermost"
    for level in range(depth):
        inner = (
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
            + inner
            + b"\r\n--b%d--" % level
        )
    return b"From: a@x.example\r\nSubject: nested\r\n" + inner


def letters_in_letters(depth: int) -> bytes:
    """Mails within mails."""
    inner = b"innermost"
    for _level in range(depth):
        inner = raw_mail(inner, b"Content-Type: message/rfc822\r\n")
    return inner


def bombs() -> Iterator[tuple[str, bytes]]:
    """What is large, deep or many."""
    html = b"Content-Type: text/html\r\n"
    for depth in (5, 20, 100, 149, 151, 1000, 5000):
        yield f"nested {depth}", nested(depth)
        yield f"mails in mails {depth}", letters_in_letters(min(depth, 1000))
    yield "50 MB of text", raw_mail(b"a line of some length, again and again\r\n" * 1_250_000)
    yield "50 MB in one line", raw_mail(b"a" * 50_000_000)
    yield (
        "50 MB file",
        multipart(
            part(b"x"),
            part(base64.encodebytes(b"x" * 36_000_000), b"application/pdf", b"Content-Transfer-Encoding: base64\r\n"),
        ),
    )
    yield "60 MB", raw_mail(b"a" * 60_000_000)
    yield "thousands of parts", multipart(*[part(b"x")] * 20_000)
    yield "thousands of files", multipart(*[part(b"x", b"application/pdf; name=a.pdf")] * 5_000)
    yield (
        "boundaries that never end",
        raw_mail(b"--cut\r\n" * 100_000, b"Content-Type: multipart/mixed; boundary=cut\r\n"),
    )
    yield "a boundary of nothing", raw_mail(b"--\r\n" * 10_000, b'Content-Type: multipart/mixed; boundary=""\r\n')
    yield "endless header", b"From: a@x.example\r\nX: " + b"y" * 5_000_000 + b"\r\n\r\nhi"
    yield "a million headers", b"From: a@x.example\r\n" + b"X: y\r\n" * 500_000 + b"\r\nhi"
    yield (
        "many parameters",
        raw_mail(b"x", b"Content-Type: text/plain" + b"".join(b"; a*%d=x" % n for n in range(20_000)) + b"\r\n"),
    )
    for name, body in {
        "divs": b"<div>" * 200_000,
        "tables": b"<table><tr><td>" * 50_000,
        "bold": b"<b>" * 200_000,
        "comments": b"<!--" * 200_000,
        "attributes": b"<p " + b"a=b " * 200_000 + b">",
        "entities": b"&amp" * 300_000,
        "styles": b"<p style='" + b"color:red;" * 200_000 + b"'>",
        "quotes": b"<blockquote type=cite>a" * 300,
        "images": b"<img src=http://x.example/a.png>" * 30_000,
        "less than": b"<" * 500_000,
        "anchors": b"<a href=http://x.example>" * 50_000,
        "unclosed attribute": b"<p title='" + b"x" * 1_000_000,
        "lists": b"<ul><li>" * 50_000,
    }.items():
        yield f"html {name}", raw_mail(body, html)
    for name, body in {
        "wrote": b"On Monday X wrote:\n" * 20_000,
        "on": (b"on " * 200 + b"\n") * 5_000,
        "colons": b"le a:\n" * 50_000,
        "uuencode": b"begin 644 x\nM\n" * 20_000,
        "quotes": b">" * 500_000,
        "from": b"From: x\n" * 50_000,
        "flowed": b"a \n" * 200_000,
        "spaces": b" " * 1_000_000,
        "signatures": b"-- \n" * 100_000,
    }.items():
        yield f"text {name}", raw_mail(body, b"Content-Type: text/plain; format=flowed\r\n")


def small() -> Iterator[tuple[str, bytes]]:
    """Several hundred small ones."""
    for number, script in enumerate(SCRIPTS):
        body = script.replace("X", "window.harmed=1").encode()
        yield (
            f"script {number}",
            raw_mail(b"<p>before</p>" + body + b"<p>after</p>", b"Content-Type: text/html; charset=utf-8\r\n"),
        )
        yield (
            f"quoted script {number}",
            raw_mail(b"<p>a</p><div class=gmail_quote>" + body + b"</div>", b"Content-Type: text/html\r\n"),
        )
    for charset in CHARSETS:
        for kind in ("text/plain", "text/html"):
            yield (
                f"charset {charset[:20]} {kind}",
                raw_mail(b"+ADw-script+AD4-\xff\xfe\x00x", f"Content-Type: {kind}; charset={charset}\r\n".encode()),
            )
    for number, word in enumerate(WORD_TRICKS):
        yield f"subject {number}", raw_mail(head=b"From: a@x.example\r\nSubject: " + word + b"\r\n")
        yield (
            f"file name {number}",
            multipart(
                part(b"x", b"application/pdf", b'Content-Disposition: attachment; filename="' + word[:5000] + b'"\r\n')
            ),
        )
    for number, sender in enumerate(SENDERS):
        yield f"sender {number}", raw_mail(head=b"From: " + sender + b"\r\nSubject: x\r\n")
    for encoding in (b"base64", b"quoted-printable", b"x-uuencode", b"binary", b"8bit", b"x" * 1000, b"\xff"):
        yield (
            f"encoding {encoding[:10]!r}",
            raw_mail(b"=3D=\xff!!!===\r\nbegin\r\n", b"Content-Transfer-Encoding: " + encoding + b"\r\n"),
        )
    chance = random.Random(7)
    for number in range(60):
        whole = bytearray(
            multipart(part(b"<p>x</p>", b"text/html"), part(b"x", b"application/pdf; name=a.pdf"), kind=b"alternative")
        )
        for _cut in range(1 + number % 8):
            place = chance.randrange(len(whole))
            whole[place : place + chance.randrange(20)] = chance.randbytes(chance.randrange(20))
        yield f"damaged {number}", bytes(whole)
