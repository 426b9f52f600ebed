"""What a text message that is nothing but a word asks for, in the languages that Frontdesk speaks."""

import re
from enum import StrEnum

from frontdesk.core.fold import fold


class Asked(StrEnum):
    """What somebody asks for with one word."""

    STOP = "stop"
    START = "start"
    HELP = "help"


# Folded: lower case, no accents, no spaces. Words of one language that mean something else in an answer to a reminder,
# such as the French and Romanian for cancelling, are left out on purpose.
_STOP = """
stop stopall unsubscribe cancel end quit optout stopsms
arret arreter arretez stoptout desabonner desabonnez desabonnement medesabonner desinscrire desinscription fin
oprire opreste opriti stoptot dezabonare dezabonati dezaboneaza dezaboneazama madezabonez renunt
"""
_START = """
start unstop subscribe resubscribe resume optin yes
reprendre abonner reabonner reabonnement oui
porneste abonare abonati reabonare reaboneaza da
"""
_HELP = """
help info
aide infos
ajutor
"""
WORDS = (
    dict.fromkeys(_STOP.split(), Asked.STOP)
    | dict.fromkeys(_START.split(), Asked.START)
    | dict.fromkeys(_HELP.split(), Asked.HELP)
)
_POLITE = {"please", "thanks", "thank", "you", "merci", "svp", "stp", "va", "te", "rog", "multumesc", "mersi"}
_LONGEST = 60


def understood(text: str) -> Asked | None:
    """What a message asks for; None for one that says more than such a word, which is for people to read."""
    if len(text) > _LONGEST:
        return None
    words = re.findall(r"[^\W_]+", fold(text))
    plain = [word for word in words if word not in _POLITE] or words
    return WORDS.get("".join(plain))
