"""M4: over three hundred mails built to do harm: each is read or refused within bounds, no script gets through."""

import os
import re
import resource
import time

import pytest

from frontdesk.channels.email import parsing
from frontdesk.channels.email.reading.message import read
from frontdesk.channels.email.reading.task import Task

from .hostile import bombs, small

TAG = re.compile(r'<(/?)([a-zA-Z0-9-]+)((?:\s+[a-zA-Z-]+="[^"]*")*)\s*>')
HARMLESS_NAMES = """
a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn
div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s
samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr
"""
HARMLESS = set(HARMLESS_NAMES.split())
ATTRIBUTES_NAMES = """
style dir lang title href target rel src alt width height align valign bgcolor border cellpadding cellspacing
colspan rowspan span color face size start type value cite class data-remote data-cid
"""
ATTRIBUTES = set(ATTRIBUTES_NAMES.split())


def assert_harmless(html: str) -> None:
    """Nothing but allowed tags with allowed attributes, by a reading of its own."""
    rest = TAG.sub("", html)
    assert "<" not in rest, rest[:300]
    for _end, tag, attributes in TAG.findall(html):
        assert tag.lower() in HARMLESS, tag
        for name, value in re.findall(r'([a-zA-Z-]+)="([^"]*)"', attributes):
            assert name in ATTRIBUTES, name
            plain = re.sub(r"\s", "", value).lower()
            if name == "href":
                assert plain.startswith(("http:", "https:", "mailto:", "tel:")), value
            if name == "src":
                assert re.match(r"data:image/(png|jpeg|gif|webp);base64,", plain), value
            if name == "style":
                assert not re.search(r"url|expression|\\|@|position|behavior|binding|/\*", plain), value
            if name == "class":
                assert value == "fd-quoted", value


def test_there_are_enough_of_them():
    assert len(list(small())) + 45 >= 350


@pytest.mark.parametrize("name, raw", [pytest.param(*one, id=one[0]) for one in small()])
def test_small_ones(tmp_path, name, raw):
    path = tmp_path / "raw"
    path.write_bytes(raw)
    began = time.process_time()
    mail = read(Task(str(path), str(tmp_path), "mx.folio.example"))
    assert time.process_time() - began < 3
    assert_harmless(mail.html)
    assert mail.vouched == "" and "\n" not in mail.subject + mail.sender + mail.sender_name
    for file in mail.files:
        assert "/" not in file.name and "\n" not in file.name and (tmp_path / str(file.number)).exists()
    if name.startswith("sender") and mail.sender == "maria@ionescu.example":
        # The one that is plainly hers, and those that name two: never more than a claim.
        assert mail.vouched == ""


@pytest.mark.parametrize("kind", [b"text/plain", b"multipart/mixed"])
def test_a_header_of_parameters_takes_no_time(tmp_path, kind):
    header = b"Content-Type: " + kind + b'; a="' + b";" * 50_000 + b"\r\n"
    (tmp_path / "raw").write_bytes(b"From: a@x.example\r\n" + header + b"\r\nhello")
    began = time.process_time()
    assert not read(Task(str(tmp_path / "raw"), str(tmp_path))).refused
    assert time.process_time() - began < 1


@pytest.mark.slow
@pytest.mark.faults
def test_bombs_harm_neither_this_process_nor_the_next_mail(tmp_path):
    def own_memory() -> int:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    good = tmp_path / "good"
    good.write_bytes(b"From: a@x.example\r\nSubject: x\r\n\r\nfine")
    parsing.parse(good, tmp_path)
    before, worst, slowest = own_memory(), 0, ("", 0.0)
    for name, raw in bombs():
        folder = tmp_path / "folder"
        folder.mkdir(exist_ok=True)
        path = tmp_path / "raw"
        path.write_bytes(raw)
        del raw
        began = time.monotonic()
        mail = parsing.parse(path, folder)
        slowest = max(slowest, (name, time.monotonic() - began), key=lambda pair: pair[1])
        worst = max(worst, own_memory() - before)
        assert (
            mail.refused or mail.text or mail.html or mail.files or name.startswith(("html", "text", "boundaries"))
        ), name
        assert mail.refused in ("", "too_large", "no_sender"), (name, mail.refused)
        assert_harmless(mail.html)
        assert len(mail.text) <= 200_000 and len(mail.html) <= 3_000_000 and len(mail.files) <= 60
        assert parsing.parse(good, tmp_path).text == "fine", f"after {name}"
        for left in folder.iterdir():
            left.unlink()
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"grew by {worst >> 20} MiB, slowest {slowest[0]} {slowest[1]:.1f} s, largest child {children} MiB")
    assert worst < 100 << 20 and slowest[1] < 60


@pytest.mark.slow
def test_twenty_mails_a_second(tmp_path):
    html = b"<p>Hello, " + b"<b>this</b> is a <i>mail</i> of some length.<br>" * 100 + b"</p>"
    from .mails import multipart, part

    inner = multipart(part(b"Good day, this is a mail.\n" * 40), part(html, b"text/html"), kind=b"alternative")
    path = tmp_path / "raw"
    path.write_bytes(inner)
    parsing.parse(path, tmp_path)
    began = time.monotonic()
    for _mail in range(100):
        assert not parsing.parse(path, tmp_path).refused
    rate = 100 / (time.monotonic() - began)
    print(f"{rate:.0f} mails a second")
    assert rate > 20
