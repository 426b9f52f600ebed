"""Saved replies of a demo business."""

from frontdesk.core.registry import DemoFiller, demo_fillers

from . import actions
from .actions import SavedInput

# fmt: off
TEXTS: dict[str, list[tuple[str, str, str]]] = {
    "en": [
        ("Thank you", "thanks",
         "Hello {first_name},\n\nthank you for your message. We will answer today.\n\nKind regards,\n{me}"),
        ("Opening hours", "hours",
         "We are there Monday to Friday from 8 to 17 o'clock. You reach us at {phone}."),
        ("The portal", "portal",
         "Hello {first_name}, you find everything about your orders at {portal}.\n\n{me}, {business}"),
        ("On our way", "coming",
         "Good news: we are on our way to you and arrive in about half an hour. {my_first_name}"),
    ],
    "fr": [
        ("Merci", "merci",
         "Bonjour {first_name},\n\nmerci pour votre message. Nous vous répondons aujourd’hui.\n\nCordialement,\n{me}"),
        ("Horaires", "horaires",
         "Nous sommes là du lundi au vendredi, de 8 h à 17 h. Vous nous joignez au {phone}."),
        ("Le portail", "portail",
         "Bonjour {first_name}, vous trouvez tout ce qui concerne vos commandes sur {portal}.\n\n{me}, {business}"),
        ("En route", "route",
         "Bonne nouvelle : nous sommes en route et arrivons dans une demi-heure environ. {my_first_name}"),
    ],
    "ro": [
        ("Mulțumim", "multumim",
         "Bună ziua, {first_name},\n\nvă mulțumim pentru mesaj. Vă răspundem astăzi.\n\nCu stimă,\n{me}"),
        ("Program", "program",
         "Suntem la dispoziția dumneavoastră de luni până vineri, între 8 și 17. Ne găsiți la {phone}."),
        ("Portalul", "portal",
         "Bună ziua, {first_name}, găsiți totul despre comenzile dumneavoastră la {portal}.\n\n{me}, {business}"),
        ("Pe drum", "drum",
         "Vești bune: suntem pe drum și ajungem în aproximativ o jumătate de oră. {my_first_name}"),
    ],
}
# fmt: on


def fill(world) -> None:
    """Let the demo business have texts for everybody, in its language."""
    language = world.language if world.language in TEXTS else "en"
    for name, shortcut, text in TEXTS[language]:
        actions.add_reply(world.admin, SavedInput(name, text, shortcut, language, shared=True))


def register() -> None:
    """Called once at start-up."""
    demo_fillers.register("saved", DemoFiller("saved", fill, order=60))
