"""What is written in a message and how it reads: light formatting, links, mentions.

CommonMark without headings, images and HTML; line breaks are kept. What comes out is cleaned once more by an
allow-list, so that a fault in the one would not reach a page.
"""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a", "span"}
ATTRIBUTES = {"a": {"href", "target"}, "span": {"class", "data-member"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
RULES = [
    "emphasis", "strikethrough", "backticks", "fence", "list", "blockquote", "link", "autolink", "linkify", "newline",
    "escape", "balance_pairs", "fragments_join", "mention",
]  # fmt: skip
PLAIN = ["linkify", "newline"]
MARKS = ["emphasis", "strikethrough", "backticks", "escape", "balance_pairs", "fragments_join"]
EXCERPT = 140


@dataclass(frozen=True)
class Written:
    """A message's HTML, its plain text, and the members whom it mentions."""

    html: str
    text: str
    mentions: frozenset[UUID]


def names_to_mention(people: Iterable) -> dict[str, tuple[UUID, str]]:
    """By what members may be mentioned: their name, and the first word of it where no other has the same."""
    people = list(people)
    firsts = [member.name.split()[0].casefold() for member in people if member.name.strip()]
    found: dict[str, tuple[UUID, str]] = {}
    for member in people:
        first = member.name.split()[0].casefold() if member.name.strip() else ""
        if first and firsts.count(first) == 1:
            found.setdefault(first, (member.pk, member.name))
    return found | {member.name.casefold(): (member.pk, member.name) for member in people if member.name.strip()}


def _mention(state: StateInline, silent: bool) -> bool:
    start, names = state.pos, state.env.get("names") or {}
    if state.src[start] != "@" or (start and state.src[start - 1].isalnum()):
        return False
    rest = state.src[start + 1 :]
    for name in names:
        after = rest[len(name) : len(name) + 1]
        if rest[: len(name)].casefold() != name or after.isalnum():
            continue
        if not silent:
            member_id, shown = names[name]
            state.env["mentions"].add(member_id)
            token = state.push("mention", "span", 0)
            token.meta, token.content = {"member": member_id}, shown
        state.pos += 1 + len(name)
        return True
    return False


def _show_mention(_renderer, tokens, index, _options, _env) -> str:
    token = tokens[index]
    return f'<span class="mention" data-member="{token.meta["member"]}">@{html.escape(token.content)}</span>'


def _open_link(renderer, tokens, index, options, env) -> str:
    tokens[index].attrSet("target", "_blank")
    return renderer.renderToken(tokens, index, options, env)


def _parser(rules: list[str]) -> MarkdownIt:
    made = MarkdownIt("zero", {"linkify": True, "breaks": True, "maxNesting": 12})
    made.inline.ruler.push("mention", _mention)
    made.enable(rules)
    made.linkify.set({"fuzzy_email": True, "fuzzy_link": True})
    made.add_render_rule("mention", _show_mention)
    made.add_render_rule("link_open", _open_link)
    return made


_PARSER = _parser(RULES)
_AS_IT_IS = _parser(PLAIN)
_MARKS = _parser(MARKS)
_ADDRESS = re.compile(r"(\S+://\S+|\S+@\S+)")
_WHOLE = re.compile(rf"{_ADDRESS.pattern}|\w\*+\w")


def unmarked(body: str) -> str:
    """A body for those who see text alone: what was said, without the signs of light formatting, its lines as they are.

    Addresses stay whole, and so do links with words of their own and what is multiplied (2*3*4).
    """
    return "\n".join("".join(map(_unmarked, _ADDRESS.split(line))) for line in body.split("\n"))


def _unmarked(piece: str) -> str:
    if not any(sign in piece for sign in "*_~`\\") or _WHOLE.search(piece):
        return piece
    edges = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    tokens = _MARKS.parseInline(piece.strip(), {"names": {}, "mentions": set()})[0].children or []
    return edges[0] + "".join(map(_said, tokens)) + edges[1]


def _said(token: Token) -> str:
    return token.content if token.type in ("text", "code_inline") else ""


_PARAGRAPH = re.compile(r"<p>([^<]*)</p>\s*")


def plain(source: str) -> str:
    """The text of a piece of HTML that `write` made, on one line."""
    # Most messages are a paragraph without any tag, and lists read fifty at a time.
    bare = _PARAGRAPH.fullmatch(source)
    return " ".join(html.unescape(bare[1] if bare else _untagged(source)).split())


def _untagged(source: str) -> str:
    spaced = source.replace("<br>", " ").replace("</p>", " </p>").replace("</li>", " </li>")
    return nh3.clean(spaced, tags=set())


_HEADING = re.compile(r"(\w)</p>\s*<p")


def excerpt(source: str) -> str:
    """The beginning of a message's HTML as plain text; a line that ends as headings do is set off by a dash."""
    text = plain(_HEADING.sub(r"\1 –</p><p", source))
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"


def write_plain(body: str) -> Written:
    """How a text reads that came from elsewhere: as it is, with its lines and links."""
    made = _cleaned(_AS_IT_IS.render(body, {"names": {}, "mentions": set()}))
    return Written(made, plain(made), frozenset())


def _cleaned(source: str) -> str:
    return nh3.clean(source, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow")


def write(body: str, names: Mapping[str, tuple[UUID, str]] | None = None) -> Written:
    """How a body reads; `names` are those of `names_to_mention`, the longest of which is taken."""
    longest = dict(sorted((names or {}).items(), key=lambda pair: -len(pair[0])))
    env: dict = {"names": longest, "mentions": set()}
    made = _cleaned(_PARSER.render(body, env))
    return Written(made, plain(made), frozenset(env["mentions"]))
