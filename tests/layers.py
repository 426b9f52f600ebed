"""The order of the domains and what each shows to the others, checked by reading every import."""

import ast
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "frontdesk"
ORDER = [
    {"core"}, {"ui"}, {"activity"}, {"accounts"}, {"webhooks"}, {"undo"}, {"teams"}, {"live"},
    {"notify", "search", "files", "help"}, {"clients"}, {"channels"}, {"messaging"}, {"conversations"}, {"inquiries"},
    {"schedule"}, {"work"}, {"money"}, {"growth", "forms"}, {"reports"}, {"portal"}, {"api"}, {"config"},
]  # fmt: skip
OPEN = {"core", "ui"}
COMMON = {"access", "actions", "queries", "models", "permissions"}
# Registries that a domain offers to others, and pieces made to be built on.
OFFERED = {
    "activity": {"backdating", "reactions", "sentences", "settings_layout", "spine"},
    "accounts": {
        "api",
        "away",
        "letters",
        "mails",
        "middleware",
        "moments",
        "past",
        "preview",
        "registry",
        "seen",
        "sentences",
        "signin",
    },
    "live": {"hub", "publishing", "topics"},
    "notify": {"kinds"},
    "webhooks": {"sending"},
    "files": {"api", "blobs", "forms", "limits", "places", "serving"},
    "search": {"index", "registry", "texts"},
    "undo": {"ledger", "plain", "registry", "shapes", "trees"},
    "channels": {"fields", "registry"},
    "conversations": {"placeholders", "senders"},
    "messaging": {"api", "formatting", "forms", "kinds", "notices", "shapes", "telling", "turning"},
    "clients": {
        "api",
        "files",
        "following",
        "forms",
        "merging",
        "options",
        "personal",
        "subscriptions",
        "tabs",
        "values",
        "week",
    },
}
# Wiring: these name parts of every domain by their nature.
WIRING = {"config": None, "api": {"api"}}


@dataclass(frozen=True)
class Use:
    """One import: who imports which module of which domain, and where it is written."""

    place: str
    domain: str
    target: str
    module: str


def rank(domain: str) -> int:
    """The layer of a domain, counted from below; raises ValueError for a domain that has none."""
    for number, layer in enumerate(ORDER):
        if domain in layer:
            return number
    raise ValueError(f"{domain} has no layer: add it to ORDER")


def _absolute(node: ast.ImportFrom, package: list[str]) -> list[str]:
    parts = node.module.split(".") if node.module else []
    return [*package[: len(package) - node.level + 1], *parts] if node.level else parts


def _modules(node, package: list[str]) -> list[list[str]]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".") for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = _absolute(node, package)
    return [[*base, alias.name] for alias in node.names] if len(base) < 3 else [base]


def uses_of(path: Path, root: Path = ROOT) -> list[Use]:
    """Every import of another domain in a file, wherever in the file it stands."""
    parts = path.relative_to(root.parent).with_suffix("").parts
    package = list(parts[:-1])
    domain = parts[1] if len(parts) > 2 else ""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for module in _modules(node, package):
            if len(module) > 1 and module[0] == root.name and module[1] != domain:
                place = f"{path.relative_to(root.parent)}:{node.lineno}"
                found.append(Use(place, domain, module[1], module[2] if len(module) > 2 else ""))
    return found


def _allowed(use: Use) -> set[str] | None:
    """The modules of the target that the importing domain may use; None for all of them."""
    if use.target in OPEN or (use.domain in WIRING and WIRING[use.domain] is None):
        return None
    return COMMON | OFFERED.get(use.target, set()) | WIRING.get(use.domain, set())


def fault(use: Use) -> str | None:
    """What is wrong with an import, or None."""
    if not use.domain:
        return None
    if rank(use.target) >= rank(use.domain):
        return f"{use.place}: {use.domain} must not import {use.target}, which is not below it"
    allowed = _allowed(use)
    if allowed is not None and use.module not in allowed:
        return f"{use.place}: {use.target}.{use.module} is not for other domains"
    return None


def faults(root: Path = ROOT) -> list[str]:
    """Every breach, as sentences."""
    files = sorted(path for path in root.rglob("*.py") if "migrations" not in path.parts)
    return [said for path in files for use in uses_of(path, root) if (said := fault(use))]
