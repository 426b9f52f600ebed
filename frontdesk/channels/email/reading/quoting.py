"""Plain text without what it quotes: the answer, and the rest, which pages fold away.

The formats of Gmail, Outlook, Apple Mail, Yahoo and Thunderbird in English, French and Romanian. A forwarded mail is
what its sender wants to be read and stays; so does an answer written between the quoted lines.
"""

import re

# "On …, X wrote:"; programs break such a line after 70 characters or so, so that it takes up to four.
_WROTE = re.compile(
    r"^\s*(?:"
    r"on\b.{4,250}\bwrote\s?:"
    r"|(?:le|la|il y a)\b.{4,250}\ba\s+[ée]crit\s*:"
    r"|(?:în|in|pe|la|la data(?: de)?)\b.{4,250}\ba\s+scris\s*:"
    r"|.{3,120}<[^<>\s@]+@[^<>\s@]+>.{0,40}\b(?:wrote|a [ée]crit|a scris)\s?:"
    r")\s*$",
    re.I | re.S,
)
_RULE = re.compile(
    r"^[\s>]*-{2,}\s*(?:original message|message d['’]origine|message original|"
    r"mesaj(?:ul)? (?:original|ini[țţt]ial))\s*-{2,}\s*$",
    re.I,
)
_LINE = re.compile(r"^\s*_{20,}\s*$")
# The heads that Outlook repeats above what it quotes.
_FROM = re.compile(r"^[\s*]*(?:from|de|de la|expéditeur|expeditor)\s?[*\s]*:[*\s]*\S", re.I)
_HEAD = re.compile(
    r"^[\s*]*(?:sent|date|to|cc|subject|envoy[ée]|date|[àa]|objet|trimis|data|c[ăa]tre|subiect|importance|"
    r"répondre à|reply-to|r[ăa]spunde la)\s?[*\s]*:", re.I
)  # fmt: skip
_FORWARD = re.compile(
    r"^[\s>]*-{2,}\s*(?:forwarded message|message transf[ée]r[ée]|"
    r"mesaj (?:redirec[țţt]ionat|retransmis|transmis mai departe))"
    r"|^\s*begin forwarded message\s*:|^\s*d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])\s*:"
    r"|^\s*[îi]nceputul mesajului (?:redirec[țţt]ionat|transmis)", re.I
)  # fmt: skip
_SENT_FROM = re.compile(
    r"^\s*(?:sent from (?:my |mail|outlook|yahoo|proton|samsung|the)|get outlook for|envoy[ée] "
    r"(?:de|depuis|à partir de) (?:mon|ma|mail|outlook|yahoo|l['’]application)|"
    r"t[ée]l[ée]charge[rz] outlook|trimis (?:de pe|din|de la) |"
    r"ob[țţt]ine(?:ți)? outlook|descarc[ăa] outlook)", re.I
)  # fmt: skip
_MARK = re.compile(r"^--\s?$")
_LONGEST_SIGNATURE = 15
MOST_LINES = 20_000


def split(text: str) -> tuple[str, str]:
    """What was written, and what was quoted or signs it; the second is "" where nothing is folded."""
    lines = text.split("\n")[:MOST_LINES]
    cut = _start_of_quote(lines)
    cut = _start_of_signature(lines, cut)
    own, rest = _stripped(lines[:cut]), _stripped(lines[cut:])
    if not own and _is_quoted(rest.split("\n")[0]):
        return _answered_below(lines) or (own, rest)
    return own, rest


def _stripped(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n ").rstrip()


def _is_quoted(line: str) -> bool:
    return line.lstrip(" ").startswith(">")


def _start_of_quote(lines: list[str]) -> int:
    """The line from which on everything is quoted; the number of lines where nothing is."""
    ends_quoted = _ends_quoted(lines)
    for number, line in enumerate(lines):
        if _FORWARD.match(line):
            return len(lines)
        if _RULE.match(line) or _is_block(lines, number):
            return number
        start = _introduction(lines, number)
        if start is not None and (ends_quoted or not _quote_follows(lines, number + 1)):
            return start
    return _trailing_quote(lines)


def _is_block(lines: list[str], number: int) -> bool:
    """Outlook: a ruler or nothing, From, and two more heads within the next lines."""
    if _LINE.match(lines[number]):
        following = [line for line in lines[number + 1 : number + 4] if line.strip()]
        return bool(following and _FROM.match(following[0]))
    if not _FROM.match(lines[number]) or (number and lines[number - 1].strip()):
        return False
    return sum(bool(_HEAD.match(line)) for line in lines[number + 1 : number + 6]) >= 2


def _introduction(lines: list[str], last: int) -> int | None:
    """Where "On …, X wrote:" begins that ends in this line; None for a line that ends none."""
    if not lines[last].rstrip().endswith(":") or _is_quoted(lines[last]):
        return None
    for start in range(last, max(-1, last - 4), -1):
        joined = " ".join(line.strip() for line in lines[start : last + 1])
        if not lines[start].strip() or len(joined) > 600:
            return None
        if _WROTE.match(joined):
            return start
    return None


def _ends_quoted(lines: list[str]) -> bool:
    """Whether nothing but a signature is written behind the last line that is marked as quoted."""
    own: list[str] = []
    for line in reversed(lines):
        if _is_quoted(line) or len(own) > _LONGEST_SIGNATURE:
            break
        if line.strip():
            own.append(line)
    return not own or _is_signature(own[::-1])


def _quote_follows(lines: list[str], after: int) -> bool:
    """Whether the next line that says something is marked as quoted; some programs mark nothing."""
    return _is_quoted(next((lines[place] for place in range(after, len(lines)) if lines[place].strip()), ""))


def _is_signature(lines: list[str]) -> bool:
    return len(lines) <= _LONGEST_SIGNATURE and bool(_MARK.match(lines[0]) or _SENT_FROM.match(lines[0]))


def _trailing_quote(lines: list[str]) -> int:
    """Quoted lines at the very end, with no head above them."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_quoted(lines[end - 1])):
        end -= 1
    return end if any(_is_quoted(line) for line in lines[end:]) else len(lines)


def _start_of_signature(lines: list[str], cut: int) -> int:
    """The line at which the signature above the quote begins."""
    for number in range(max(0, cut - _LONGEST_SIGNATURE), cut):
        if _MARK.match(lines[number]) and any(line.strip() for line in lines[:number]):
            return number
    shown = [number for number in range(cut) if lines[number].strip()]
    for number in shown[-3:]:
        if _SENT_FROM.match(lines[number]) and number != shown[0]:
            return number
    return cut


def _answered_below(lines: list[str]) -> tuple[str, str] | None:
    """An answer under a quote that begins the mail."""
    last = max((number for number, line in enumerate(lines) if _is_quoted(line)), default=-1)
    own, quoted = lines[last + 1 :], lines[: last + 1]
    if not any(line.strip() for line in own):
        return None
    end = _start_of_signature(own, len(own))
    return _stripped(own[:end]), _stripped(quoted)
