"""What the requests ask for: clients, cursors and words of one account, the same for application and floor."""

from dataclasses import dataclass
from random import Random

from frontdesk.clients.models import Client
from frontdesk.core import paging
from frontdesk.core.tenancy.context import account_context

OPENED = 300
SEARCHED = 40
SEED = 5


@dataclass
class Samples:
    """Client ids; the key (sort key, id) of a row in the middle of each list; words as they are typed."""

    clients: list[str]
    middle: tuple[str, str]
    words: list[str]

    @property
    def cursor(self) -> str:
        """The application's cursor of the row in the middle."""
        return paging.encode(list(self.middle))


def _typed(random: Random, client: Client) -> list[str]:
    """What somebody types until the client shows: parts of a name, an address or a number."""
    first, last = client.sort_key.split(" ", 1)
    whole = random.choice((last, f"{first} {last}", last[1:], client.email, client.phone[-8:]))
    return [whole[:length] for length in (3, 4, 5, 7) if length <= len(whole)]


def of(account) -> Samples:
    """Samples of an account of the data set."""
    random = Random(SEED)
    with account_context(account):
        rows = list(Client.objects.order_by("sort_key", "id").values_list("id", "sort_key"))
        chosen = random.sample([client_id for client_id, _key in rows], OPENED)
        searched = Client.objects.filter(pk__in=chosen[:SEARCHED])
        words = [word.strip() for client in searched.order_by("id") for word in _typed(random, client)]
    middle_id, middle_key = rows[len(rows) // 2]
    return Samples([str(client_id) for client_id in chosen], (middle_key, str(middle_id)), words)
