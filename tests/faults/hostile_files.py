"""Files that mean harm: what is not what it says, two kinds in one, bombs, broken pictures, names that lie."""

import io
import random
import zipfile
from collections.abc import Iterator

from frontdesk.files.types import DEFAULT_EXTENSIONS

from ..files import samples

SCRIPT = b"<script>document.title='pwned';window.pwned=1;fetch('/pwned')</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
GIF_SCRIPT = b"GIF89a/*" + bytes(20) + b"*/=1;window.pwned=1;" + SCRIPT
PDF_HTML = b"%PDF-1.4\n" + HTML + samples.PDF
PDF_SCRIPT = samples.PDF.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>")


def _macros() -> bytes:
    return samples.archive(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}
    )


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(5):
            made.writestr(f"word/{number}.xml", bytes(20 * 1024 * 1024))
    return target.getvalue()


def _crowd() -> bytes:
    return samples.archive({f"word/{number:060}": b"" for number in range(60_000)})


PAYLOADS = {
    "SVG": SVG, "HTML": HTML, "HTML behind blanks": b" \r\n\t" + HTML, "HTML behind a mark": b"\xef\xbb\xbf" + HTML,
    "wide HTML": HTML.decode().encode("utf-16"), "XML with entities": XXE, "PHP": b"<?php system($_GET['c']); ?>",
    "Windows program": b"MZ" + bytes(200), "Linux program": b"\x7fELF" + bytes(200),
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "Mac program": b"\xcf\xfa\xed\xfe" + bytes(99), "Java class": b"\xca\xfe\xba\xbe" + bytes(99),
    "GIF and script": GIF_SCRIPT, "PDF and page": PDF_HTML, "PDF and zip": samples.PDF + samples.archive(),
    "picture and zip": samples.picture("JPEG") + samples.archive(), "picture and page": samples.picture("GIF") + HTML,
    "sound and zip": samples.MP3 + samples.archive(), "film and zip": samples.MP4 + samples.archive(),
    "zip with a page before it": HTML + samples.archive(), "macros": _macros(), "bomb": _bomb(), "crowd": _crowd(),
    "nothing but zeros": bytes(5000), "7z": b"7z\xbc\xaf\x27\x1c" + bytes(99), "gzip": b"\x1f\x8b\x08" + bytes(99),
    "mail with a page": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML,
    "PDF that runs": PDF_SCRIPT, "office of old": samples.old_office(),
    "zip that climbs": samples.archive({"../../x": b"x"}),
}  # fmt: skip
_SPARED = {"crowd": ("docx", "zip", "txt", "png"), "bomb": ("docx", "zip", "xlsx", "pdf")}


def disguised() -> Iterator[tuple[str, str, bytes]]:
    """Every payload under every other name that is allowed."""
    for what, content in PAYLOADS.items():
        for extension in _SPARED.get(what, DEFAULT_EXTENSIONS):
            yield f"{what} as {extension}", f"file.{extension}", content
        for extension in ("svg", "html", "exe", "js", "php", "bat", "hta", "docm", "lnk", "iso"):
            yield f"{what} as {extension}", f"file.{extension}", content[:1000]


def kept() -> Iterator[tuple[str, str, bytes]]:
    """What is taken by an account that allows everything, since it is what it says, and means harm all the same."""
    yield "SVG", "drawing.svg", SVG
    yield "HTML", "page.html", HTML
    yield "XML", "data.xml", XXE
    yield "PDF that runs", "runs.pdf", PDF_SCRIPT
    yield "GIF and script", "both.gif", samples.picture("GIF") + b"/*" + SCRIPT
    yield "picture with a page in its comment", "comment.jpg", samples.picture("JPEG", comment=bytes(2000) + HTML)
    yield "sound with a page inside", "sound.mp3", samples.MP3 + bytes(2000) + HTML
    yield "film with a page inside", "film.mp4", samples.MP4 + bytes(2000) + HTML
    yield "text with a page inside", "page.txt", b"Dear all,\n" + HTML
    yield "table with a page inside", "page.csv", b"a;b\n" + HTML
    yield "zip with a page inside", "page.zip", samples.archive({"index.html": HTML})
    yield (
        "office with a page inside",
        "page.docx",
        samples.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": HTML}),
    )


def broken_pictures() -> Iterator[tuple[str, str, bytes]]:
    """Pictures cut short, bent, or that claim to be huge."""
    chance = random.Random(7)
    kinds = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "bmp": "BMP", "tiff": "TIFF"}
    for extension, form in kinds.items():
        whole = samples.picture(form, (200, 150))
        for number in range(4):
            yield f"{extension} cut {number}", f"cut.{extension}", whole[: 20 + chance.randrange(len(whole) - 20)]
        for number in range(6):
            bent = bytearray(whole)
            for _turn in range(30):
                bent[chance.randrange(12, len(bent))] = chance.randrange(256)
            yield f"{extension} bent {number}", f"bent.{extension}", bytes(bent)
    for width, height in (
        (60_000, 60_000),
        (2**31 - 1, 1),
        (1, 2**31 - 1),
        (2**31 - 1, 2**31 - 1),
        (0, 0),
        (9000, 9000),
    ):
        yield f"claims {width} x {height}", "bomb.png", samples.claiming(width, height)
    yield "many frames", "frames.gif", moving(400)


def moving(frames: int) -> bytes:
    """A GIF of many frames, each of another colour."""
    from PIL import Image

    target = io.BytesIO()
    made = [Image.new("P", (300, 300), number % 250) for number in range(frames)]
    made[0].save(target, "GIF", save_all=True, append_images=made[1:])
    return target.getvalue()


NAMES = [
    "../../etc/passwd.txt",
    "..\\..\\boot.txt",
    "/etc/shadow.txt",
    "C:\\Windows\\win.txt",
    "a\0b.txt",
    "a\r\nSet-Cookie: x=1.txt",
    'a"; filename="b.exe".txt',
    "a'b.txt",
    "<script>alert(1)<script>.txt",
    "&lt;b&gt;.txt",
    "photo\u202egnp.txt",
    "\u200f\u2067name.txt",
    "\ufeffname.txt",
    "a\u2028b.txt",
    "n" * 300 + ".txt",
    "é" * 300 + ".txt",
    "👩‍👩‍👧‍👦" * 60 + ".txt",
    "CON.txt",
    "nul.txt",
    "com1.txt",
    "LPT9.TXT",
    "aux .txt",
    "con.tar.txt",
    "...txt",
    " .txt",
    ".txt.txt",
    "a..txt",
    "a .txt",
    "a*b?c|d:e.txt",
    "%2e%2e%2f.txt",
    "%s%n%x.txt",
    "$(id).txt",
    "`id`.txt",
    ";rm -rf.txt",
    "-rf.txt",
    "{{7*7}}.txt",
    "a\u0301\u0301\u0301.txt",
    "\U000e0041.txt",
    "日本語.txt",
    "नमस्ते.txt",
    "مرحبا.txt",
    "a\x1b[31m.txt",
    "a\x7f.txt",
    "\ud7ff.txt",
]
