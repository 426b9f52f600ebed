"""The types of files that Frontdesk knows: how each is recognised, shown and sent."""

from dataclasses import dataclass

from .models import Kind


@dataclass(frozen=True)
class FileType:
    """`family` names the check that the content must pass, `inline` whether a browser may show it in place."""

    content_type: str
    kind: Kind
    family: str
    inline: bool = False


def _image(family: str, content_type: str = "") -> FileType:
    return FileType(content_type or f"image/{family}", Kind.IMAGE, family, inline=True)


def _other(family: str, content_type: str) -> FileType:
    return FileType(content_type, Kind.OTHER, family)


def _audio(family: str, content_type: str) -> FileType:
    return FileType(content_type, Kind.AUDIO, family, inline=True)


def _video(family: str, content_type: str) -> FileType:
    return FileType(content_type, Kind.VIDEO, family, inline=True)


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_TEXT = "text/plain; charset=utf-8"
UNKNOWN = FileType("application/octet-stream", Kind.OTHER, "")
TYPES = {
    "jpg": _image("jpeg"), "jpeg": _image("jpeg"), "png": _image("png"), "gif": _image("gif"),
    "webp": _image("webp"), "heic": _image("heif"), "heif": _image("heif"), "bmp": _image("bmp"),
    "tif": _image("tiff"), "tiff": _image("tiff"),
    "pdf": FileType("application/pdf", Kind.PDF, "pdf"),
    "docx": _other("docx", _OOXML + "wordprocessingml.document"),
    "xlsx": _other("xlsx", _OOXML + "spreadsheetml.sheet"),
    "pptx": _other("pptx", _OOXML + "presentationml.presentation"),
    "odt": _other("odt", _ODF + "text"), "ods": _other("ods", _ODF + "spreadsheet"),
    "odp": _other("odp", _ODF + "presentation"),
    "doc": _other("doc", "application/msword"), "xls": _other("xls", "application/vnd.ms-excel"),
    "ppt": _other("ppt", "application/vnd.ms-powerpoint"), "rtf": _other("rtf", "application/rtf"),
    "txt": _other("text", _TEXT), "md": _other("text", _TEXT), "log": _other("text", _TEXT),
    "csv": _other("text", "text/csv; charset=utf-8"), "tsv": _other("text", "text/tab-separated-values; charset=utf-8"),
    "json": _other("text", "application/json"), "ics": _other("text", "text/calendar; charset=utf-8"),
    "vcf": _other("text", "text/vcard; charset=utf-8"),
    "mp3": _audio("mp3", "audio/mpeg"), "m4a": _audio("isobmff", "audio/mp4"), "aac": _audio("aac", "audio/aac"),
    "ogg": _audio("ogg", "audio/ogg"), "oga": _audio("ogg", "audio/ogg"), "opus": _audio("ogg", "audio/ogg"),
    "wav": _audio("wav", "audio/wav"), "flac": _audio("flac", "audio/flac"),
    "weba": _audio("matroska", "audio/webm"),
    "mp4": _video("isobmff", "video/mp4"), "m4v": _video("isobmff", "video/mp4"),
    "mov": _video("isobmff", "video/quicktime"), "3gp": _video("isobmff", "video/3gpp"),
    "webm": _video("matroska", "video/webm"), "mkv": _video("matroska", "video/x-matroska"),
    "avi": _video("avi", "video/x-msvideo"),
    "zip": _other("zip", "application/zip"),
    "svg": _other("svg", "image/svg+xml"), "html": _other("html", "text/html; charset=utf-8"),
    "htm": _other("html", "text/html; charset=utf-8"), "xml": _other("xml", "application/xml"),
}  # fmt: skip
# What a browser could run as a page of ours is taken only by accounts that ask for it, and then never shown in place.
_RISKY = {"svg", "html", "htm", "xml"}
DEFAULT_EXTENSIONS = tuple(name for name in TYPES if name not in _RISKY)
GROUPS = (Kind.IMAGE, Kind.PDF, Kind.OTHER, Kind.AUDIO, Kind.VIDEO)


def type_of(extension: str) -> FileType:
    """The type that goes with an extension; UNKNOWN for one that Frontdesk does not know."""
    return TYPES.get(extension, UNKNOWN)


INLINE = {known.content_type for known in TYPES.values() if known.inline}
