"""Places where a higher domain plugs into a lower one at start-up; the lower one never knows who."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named items in a stable order (by `order`, then by key)."""

    def __init__(self, what: str):
        self.what = what
        self._items: dict[str, Item] = {}

    def register(self, key: str, item: Item) -> Item:
        """Add an item; raises ValueError when the key is taken."""
        if key in self._items:
            raise ValueError(f"{self.what} {key!r} is registered twice")
        self._items[key] = item
        return item

    def __getitem__(self, key: str) -> Item:
        return self._items[key]

    def get(self, key: str) -> Item | None:
        """The item, or None."""
        return self._items.get(key)

    def __iter__(self) -> Iterator[Item]:
        return iter(sorted(self._items.values(), key=lambda item: getattr(item, "order", 0)))

    def items(self):
        """Pairs of key and item in order of registration."""
        return self._items.items()


@dataclass(frozen=True)
class NavItem:
    """An entry of the main navigation. `audience` is "team" or "portal"; `permission` may be None.

    `counter` names the number of what is unread there (`unread_numbers`), "" when there is none; `counted` says what
    the number counts where that is something else.
    """

    key: str
    label: Any
    url_name: str
    icon: str
    audience: str = "team"
    permission: str | None = None
    order: int = 100
    counter: str = ""
    counted: Any = ""


@dataclass(frozen=True)
class QuickAction:
    """A shortcut on the home page and in the command palette."""

    key: str
    label: Any
    url_name: str
    icon: str
    permission: str | None = None
    order: int = 100


@dataclass(frozen=True)
class SettingsPage:
    """A page of the settings; `text` says what it is for, `group` is one of activity.settings_layout.GROUPS.

    One that is `elsewhere` is found in the index only, since it has a place of its own in the product.
    """

    key: str
    label: Any
    url_name: str
    icon: str
    permission: str | None = None
    order: int = 100
    group: str = "business"
    text: Any = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class HomeSection:
    """A section of the team's home page: `load(actor)` gives the context of `template`, or None to hide it."""

    key: str
    template: str
    load: Callable[[Any], dict | None]
    order: int = 100


@dataclass(frozen=True)
class DemoFiller:
    """Fills one domain with demo data: `fill(world)`; see frontdesk.accounts.demo."""

    key: str
    fill: Callable[[Any], None]
    order: int = 100


navigation: Registry[NavItem] = Registry("navigation entry")
quick_actions: Registry[QuickAction] = Registry("quick action")
settings_pages: Registry[SettingsPage] = Registry("settings page")
home_sections: Registry[HomeSection] = Registry("home section")
# Called after a backup was restored, with nothing: makes anew what is derived from rows and is not in a backup.
derived: Registry[Callable[[], None]] = Registry("derived data")
# Live topics that every page follows, by name, for those who hold the right.
page_topics: Registry[str] = Registry("live topic of every page")
demo_fillers: Registry[DemoFiller] = Registry("demo filler")
# Called with the actor on every page: "bell" and keys of the navigation -> what waits there unread.
unread_numbers: Registry[Callable[[Any], dict[str, int]]] = Registry("numbers of what is unread")


def unread_of(actor) -> dict[str, int]:
    """What waits unread for an actor, by key of the navigation and "bell"."""
    return {key: number for numbers in unread_numbers for key, number in numbers(actor).items()}


def visible(registry: Registry, actor) -> list:
    """The registry's items that the actor may use."""
    return [item for item in registry if item.permission is None or actor.may(item.permission)]
