"""HTML of strangers made harmless, and what it reads like as text.

nh3 leaves well-formed markup of allowed tags, with every attribute in double quotes; what follows here reads nothing
else. Remote pictures become placeholders, small ones of the mail itself are put into the document, quotes are folded.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import nh3

from .css import clean_style

_NAMES = """
a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt
em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp
section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr
"""
_TAGS = set(_NAMES.split())
_DROPPED = {
    "script",
    "style",
    "title",
    "head",
    "textarea",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "select",
    "template",
}
_SIZED = {"width", "height", "align", "valign", "bgcolor"}
_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "class", "id", "title"},
    "a": {"href", "target"}, "img": {"src", "alt", "width", "height"},
    "table": _SIZED | {"border", "cellpadding", "cellspacing"}, "td": _SIZED | {"colspan", "rowspan"},
    "th": _SIZED | {"colspan", "rowspan"}, "tr": _SIZED, "col": {"span", "width"}, "font": {"color", "face", "size"},
    "ol": {"start", "type"}, "li": {"value"}, "div": {"align"}, "p": {"align"}, "hr": {"width", "size"},
    "blockquote": {"type", "cite"},
}  # fmt: skip
_PLAIN = re.compile(r"[\w%#.,\- ]{0,80}")
_SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
# By these the programs mark what they quote: the element itself, or everything from it on.
_QUOTES = {"gmail_quote", "gmail_extra", "yahoo_quoted", "protonmail_quote", "zmail_extra", "moz-cite-prefix", "quote"}
_FROM_HERE = {
    "divrplyfwdmsg",
    "appendonsend",
    "mail-editor-reference-message-container",
    "originalmessage",
    "stopspelling",
}
_DATA = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]{1,400000}", re.I)
_TOKEN = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z0-9-]+="[^"]*")*) ?/?>|([^<]+|<)')
_ATTRIBUTE = re.compile(r' ([a-z0-9-]+)="([^"]*)"')
# Elements that nobody needs to close are no measure of depth.
_OPENED = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|br|hr|img|wbr|col|meta|link|input|option|area|base|o:p)\b)[a-zA-Z]"
)
MOST_DEPTH = 400
_VOID = {"br", "hr", "img", "wbr", "col"}
FOLDED, UNFOLDED = '<details class="fd-quoted"><summary>…</summary>', "</details>"


@dataclass
class Read:
    """A document made harmless, its text and the quoted text."""

    html: str = ""
    text: str = ""
    quoted: str = ""
    used: set[str] = field(default_factory=set)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style":
        return clean_style(value) or None
    if name in ("class", "id"):
        return _quote_mark(value)
    if name == "type" and tag == "blockquote":
        return "cite" if value.lower() == "cite" else None
    if name == "src":
        return _source(value)
    if name == "href":
        return value if not value.lower().lstrip().startswith(("cid:", "data:")) else None
    if name == "target":
        return "_blank"
    if name in ("title", "alt"):
        return value[:300]
    return value if _PLAIN.fullmatch(value) else None


def _quote_mark(value: str) -> str | None:
    marks = {word.lower().removeprefix("x_") for word in value.split()[:20]}
    if marks & _QUOTES:
        return "fd-quote"
    return "fd-rest" if marks & _FROM_HERE else None


def _source(value: str) -> str | None:
    plain = value.strip()
    if plain[:5].lower() == "data:":
        return plain if _DATA.fullmatch(plain) else None
    return plain if plain[:8].lower().startswith(("http://", "https://", "cid:")) and len(plain) < 4000 else None


def _cleaned(source: str) -> str:
    return nh3.clean(
        source, tags=_TAGS, clean_content_tags=_DROPPED, attributes=_ATTRIBUTES, attribute_filter=_attribute,
        url_schemes=_SCHEMES, url_relative="deny", link_rel="noopener noreferrer nofollow",
    )  # fmt: skip


def _is_nested_to_harm(source: str) -> bool:
    """Whether elements are open in each other by the hundred, which no mail program writes and no parser likes."""
    depth = 0
    for found in _OPENED.finditer(source):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > MOST_DEPTH:
            return True
    return False


def read(source: str, pictures: Mapping[str, str], most: int) -> Read:
    """A document made harmless; `pictures` are data addresses by content id."""
    if _is_nested_to_harm(source[:most]):
        return Read("", _tidy([html.unescape(re.sub(r"<[^<>]*>", "\n", source[:most]))]))
    writer = _Writer(pictures)
    cleaned = _cleaned(source[:most])
    for found in _TOKEN.finditer(cleaned):
        writer.take(found)
    return writer.done(most)


@dataclass
class _Element:
    tag: str
    folds: bool = False
    rest: bool = False


class _Writer:
    """Goes once through the cleaned document, writing it anew and its text beside it."""

    def __init__(self, pictures: Mapping[str, str]):
        self.pictures = pictures
        self.out: list[str] = []
        self.own: list[str] = []
        self.quoted: list[str] = []
        self.open: list[_Element] = []
        self.depth = 0
        self.used: set[str] = set()

    @property
    def words(self) -> list[str]:
        return self.quoted if self.depth else self.own

    def take(self, found: re.Match) -> None:
        end, tag, raw, text = found.groups()
        if tag is None:
            self.out.append("&lt;" if text == "<" else text)
            self._say(text)
        elif end:
            self._close(tag)
        else:
            self._begin(tag, dict(_ATTRIBUTE.findall(raw)))

    def _say(self, text: str) -> None:
        inside_pre = any(element.tag == "pre" for element in self.open[-8:])
        plain = html.unescape(text)
        self.words.append(plain if inside_pre else re.sub(r"[ \t\r\n\f]+", " ", plain))

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        mark = attributes.pop("class", "") or attributes.get("id", "")
        attributes.pop("id", None)
        element = _Element(tag)
        cited = tag == "blockquote" and (attributes.get("type") == "cite" or "cite" in attributes)
        if (
            not self.depth
            and tag not in _VOID
            and tag in ("div", "blockquote", "span", "section")
            and self._worth(mark, cited)
        ):
            self._fold(element, mark)
        elif not self.depth and tag == "hr" and mark == "fd-rest" and self.open:
            self._fold_rest()
        self.out.append(_written(tag, self._picture(attributes) if tag == "img" else attributes))
        self.words.append(_BREAKS.get(tag, ""))
        if tag == "img" and attributes.get("alt") and not self.depth:
            self.words.append(f"[{html.unescape(attributes['alt'])}]")
        if tag not in _VOID:
            self.open.append(element)

    def _worth(self, mark: str, cited: bool) -> bool:
        return bool(mark or cited) and any(word.strip() for word in self.own)

    def _fold(self, element: _Element, mark: str) -> None:
        if mark == "fd-rest" and self.open:
            self._fold_rest()
            return
        element.folds = True
        self.depth += 1
        self.out.append(FOLDED)

    def _fold_rest(self) -> None:
        self.open[-1].rest = True
        self.depth += 1
        self.out.append(FOLDED)

    def _close(self, tag: str) -> None:
        while self.open:
            element = self.open.pop()
            if element.rest:
                self.depth -= 1
                self.out.append(UNFOLDED)
            self.out.append(f"</{element.tag}>")
            self.words.append(_ENDS.get(element.tag, ""))
            if element.folds:
                self.depth -= 1
                self.out.append(UNFOLDED)
            if element.tag == tag:
                return

    def _picture(self, attributes: dict[str, str]) -> dict[str, str]:
        """The picture from the mail itself, or a placeholder that loads nothing."""
        source = html.unescape(attributes.pop("src", ""))
        if source.lower().startswith("cid:"):
            key = source[4:].strip("<>")
            self.used.add(key)
            return attributes | ({"src": self.pictures[key]} if key in self.pictures else {"data-cid": key})
        if source.lower().startswith(("http:", "https:")):
            return attributes | {"data-remote": source}
        return attributes | ({"src": source} if source else {})

    def done(self, most: int) -> Read:
        while self.open:
            self._close(self.open[-1].tag)
        made = "".join(self.out)
        return Read(made if len(made) <= 2 * most else "", _tidy(self.own), _tidy(self.quoted), self.used)


_BREAKS = {
    **dict.fromkeys(("p", "h1", "h2", "h3"), "\n\n"),
    **dict.fromkeys(("td", "th"), " "),
    **dict.fromkeys(("br", "div", "tr", "hr", "blockquote", "ul", "ol", "pre", "table", "section", "dt", "dd"), "\n"),
    "li": "\n- ",
}
_ENDS = {tag: text for tag, text in _BREAKS.items() if text.isspace() and "\n" in text}


def _written(tag: str, attributes: Mapping[str, str]) -> str:
    def escaped(value: str) -> str:
        return html.escape(html.unescape(value), quote=True)

    return "".join([f"<{tag}", *(f' {name}="{escaped(value)}"' for name, value in attributes.items()), ">"])


def _tidy(words: list[str]) -> str:
    text = "".join(words).replace("\u00a0", " ").replace("\u200b", "")
    lines = [line.strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def shown_with(document: str, change: Callable[[str], str]) -> str:
    """The document with its remote pictures loaded from where `change` says."""
    return re.sub(r' data-remote="([^"]*)"', lambda found: f' src="{change(found[1])}"', document)
