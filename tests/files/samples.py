"""Small real files of every kind, made where they are needed."""

import io
import struct
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
TEXT = "Bună ziua, 10 % reducere\n".encode()
MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2\0\0\0\x08mdat"
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\0\0\0"
WEBM = b"\x1aE\xdf\xa3\x93B\x82\x88webm" + bytes(40)
MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\x00" + bytes(400)


def picture(form: str = "PNG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """A picture of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, form, **options)
    return target.getvalue()


def located_photo() -> bytes:
    """A JPEG that lies on its side and says where it was taken, and by what."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "PlantedCamera"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    exif[0x8825] = exif.get_ifd(0x8825)
    return picture("JPEG", (80, 40), exif=exif, comment=b"planted comment")


def archive(names: dict[str, bytes] | None = None) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in (names or {"a.txt": b"a"}).items():
            made.writestr(name, content)
    return target.getvalue()


def office(part: str = "word/document.xml") -> bytes:
    """An office document of the newer kind."""
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<x/>"})


def open_document(kind: str = "text") -> bytes:
    """An OpenDocument file."""
    return archive({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"})


def old_office(stream: str = "WordDocument") -> bytes:
    """Enough of an old office file."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + stream.encode("utf-16-le") + bytes(400)


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def upload(name: str = "photo.png", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a form brings it."""
    return SimpleUploadedFile(name, picture() if content is None else content)


def stream(content: bytes):
    """Bytes as a body brings them."""
    return io.BytesIO(content)


def sound(seconds: int = 1) -> bytes:
    """A silent recording that can be played."""
    data = bytes([128]) * 8000 * seconds
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", len(head) + len(data)) + head + data
