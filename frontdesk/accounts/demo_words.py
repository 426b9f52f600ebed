"""Names of the demo business and its people, by language; first names differ, since they make the sign-in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """Businesses and people to choose from."""

    businesses: tuple[str, ...]
    people: tuple[str, ...]


SAMPLES = {
    "en": Sample(
        businesses=("Bright Harbour Services", "Northlight Tutoring", "Fenwick & Daughters"),
        people=("Alice Fenwick", "Ben Carter", "Clara Osei", "Dev Sharma", "Emma Whitlock", "Finn Gallagher",
                "Georgia Lane", "Harry Boateng", "Ivy Marsden", "Jack Turner"),
    ),
    "fr": Sample(
        businesses=("Services du Vieux-Port", "Atelier des Tilleuls", "Maison Lambert et filles"),
        people=("Alice Lambert", "Bastien Roche", "Clara Benali", "Damien Fontaine", "Élise Marchand", "Fanny Perrin",
                "Gaël Rousseau", "Hélène Caron", "Inès Vidal", "Jules Barbier"),
    ),
    "ro": Sample(
        businesses=("Servicii Casa Bună", "Atelierul Luminii", "Meditații Ștefănescu"),
        people=("Ana Ștefănescu", "Bogdan Rusu", "Corina Munteanu", "Dan Țurcanu", "Elena Drăgan", "Florin Petrescu",
                "Gabriela Stan", "Horia Ilie", "Ioana Barbu", "Jana Lupu"),
    ),
}  # fmt: skip
