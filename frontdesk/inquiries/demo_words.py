"""What the demo's form asks, and what people wrote by it, by language."""

from typing import NamedTuple


class Words(NamedTuple):
    """A form's name and topics; people as name, e-mail address, number of the topic, message."""

    name: str
    topics: list[str]
    people: list[tuple[str, str, int, str]]


WORDS = {
    "en": Words(
        "Contact page", ["A quote", "An appointment", "Something else"],
        [
            ("Nora Whitfield", "nora.whitfield@example.com", 0,
             "Hello, our heating makes a knocking noise since Monday. Could somebody have a look this week?"),
            ("Tom Becker", "tom.becker@example.com", 1,
             "Do you also come on Saturdays? Afternoons would suit us best."),
        ],
    ),
    "fr": Words(
        "Page de contact", ["Un devis", "Un rendez-vous", "Autre chose"],
        [
            ("Nora Vasseur", "nora.vasseur@example.com", 0,
             "Bonjour, notre chauffage cogne depuis lundi. Quelqu’un pourrait-il passer cette semaine ?"),
            ("Thomas Leroy", "thomas.leroy@example.com", 1,
             "Venez-vous aussi le samedi ? L’après-midi nous arrangerait le mieux."),
        ],
    ),
    "ro": Words(
        "Pagina de contact", ["O ofertă", "O programare", "Altceva"],
        [
            ("Nora Văduva", "nora.vaduva@example.com", 0,
             "Bună ziua, centrala face zgomot de luni. Ar putea trece cineva săptămâna aceasta?"),
            ("Toma Lupu", "toma.lupu@example.com", 1,
             "Veniți și sâmbăta? După-amiaza ne-ar conveni cel mai bine."),
        ],
    ),
}  # fmt: skip
