"""What people of a demo write to each other, by language: pairs of who and what, in the order of a conversation.

`t` is one of the team, `o` another, `c` the client.
"""

Talk = list[tuple[str, str]]

COMPANY: dict[str, Talk] = {
    "en": [
        ("t", "Good morning! The supplier comes at **10:30** today, somebody please be at the door."),
        ("o", "I will be there."),
        ("t", "Thank you. And don't forget: timesheets by Friday."),
        ("o", "Done already 🙂"),
    ],
    "fr": [
        ("t", "Bonjour ! Le fournisseur passe à **10 h 30**, quelqu’un peut-il l’accueillir ?"),
        ("o", "Je m’en occupe."),
        ("t", "Merci. Et n’oubliez pas les feuilles d’heures avant vendredi."),
        ("o", "C’est déjà fait 🙂"),
    ],
    "ro": [
        ("t", "Bună dimineața! Furnizorul vine azi la **10:30**, poate cineva să-l primească?"),
        ("o", "Îl primesc eu."),
        ("t", "Mulțumesc. Și nu uitați de pontaje până vineri."),
        ("o", "Sunt gata deja 🙂"),
    ],
}
# fmt: off
WITH_CLIENTS: dict[str, list[Talk]] = {
    "en": [
        [("c", "Hello, is everything ready for tomorrow?"), ("t", "Yes, we are there at nine."),
         ("c", "Wonderful, thank you!")],
        [("t", "The spare part has arrived. Which day suits you?"), ("c", "Thursday after four would be best.")],
        [("c", "Could you send me the report once more?"), ("t", "Of course, you have it this afternoon.")],
    ],
    "fr": [
        [("c", "Bonjour, tout est prêt pour demain ?"), ("t", "Oui, nous serons là à neuf heures."),
         ("c", "Parfait, merci !")],
        [("t", "La pièce est arrivée. Quel jour vous convient ?"), ("c", "Jeudi après seize heures, si possible.")],
        [("c", "Pourriez-vous me renvoyer le rapport ?"), ("t", "Bien sûr, vous l’aurez cet après-midi.")],
    ],
    "ro": [
        [("c", "Bună ziua, e totul pregătit pentru mâine?"), ("t", "Da, la nouă suntem acolo."),
         ("c", "Minunat, mulțumesc!")],
        [("t", "A sosit piesa de schimb. Ce zi vi se potrivește?"), ("c", "Joi după ora patru ar fi cel mai bine.")],
        [("c", "Îmi puteți trimite raportul încă o dată?"), ("t", "Desigur, îl aveți în această după-amiază.")],
    ],
}
# fmt: on
BETWEEN: dict[str, Talk] = {
    "en": [("o", "Can you take my visit at three? I am stuck in traffic."), ("t", "Sure, send me the address.")],
    "fr": [("o", "Peux-tu prendre ma visite de quinze heures ? Je suis coincé."), ("t", "Oui, envoie-moi l’adresse.")],
    "ro": [("o", "Poți prelua vizita mea de la ora trei? Sunt prins în trafic."), ("t", "Sigur, trimite-mi adresa.")],
}
