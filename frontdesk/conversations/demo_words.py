"""What clients of a demo write to the business, and what it answers, by language.

`c` is the client, `t` the team; `n` is a note of the team's.
"""

Talk = list[tuple[str, str]]

# fmt: off
TALKS: dict[str, list[Talk]] = {
    "en": [
        [("c", "Hello, the heating makes a noise again. Could somebody come on Thursday after four?"),
         ("t", "We can be there on Thursday at **half past four**. Does that suit you?"),
         ("c", "Perfect, thank you!")],
        [("c", "Good morning, I have not received the invoice for May yet."),
         ("n", "Accounting sends it on Friday."), ("t", "You have it by Friday, I promise.")],
        [("c", "Can I bring my sister to the next appointment?")],
        [("c", "The part you ordered: has it arrived?"), ("t", "It has! You can collect it from ten o'clock.")],
        [("c", "Is there parking close to you?"), ("t", "Yes, in the yard behind the house.")],
        [("c", "I would like a quote for the second floor too.")],
    ],
    "fr": [
        [("c", "Bonjour, le chauffage fait encore du bruit. Quelqu’un pourrait-il passer jeudi après seize heures ?"),
         ("t", "Nous pouvons venir jeudi à **16 h 30**. Cela vous convient-il ?"), ("c", "Parfait, merci !")],
        [("c", "Bonjour, je n’ai pas encore reçu la facture de mai."),
         ("n", "La comptabilité l’envoie vendredi."), ("t", "Vous l’aurez vendredi au plus tard.")],
        [("c", "Puis-je venir avec ma sœur au prochain rendez-vous ?")],
        [("c", "La pièce commandée est-elle arrivée ?"), ("t", "Oui ! Vous pouvez la retirer dès dix heures.")],
        [("c", "Peut-on se garer près de chez vous ?"), ("t", "Oui, dans la cour derrière la maison.")],
        [("c", "Je voudrais aussi un devis pour le deuxième étage.")],
    ],
    "ro": [
        [("c", "Bună ziua, centrala face iar zgomot. Poate veni cineva joi după ora patru?"),
         ("t", "Putem ajunge joi la **16:30**. Vă convine?"), ("c", "Perfect, mulțumesc!")],
        [("c", "Bună dimineața, nu am primit încă factura pe luna mai."),
         ("n", "Contabilitatea o trimite vineri."), ("t", "O aveți până vineri, promit.")],
        [("c", "Pot veni cu sora mea la următoarea programare?")],
        [("c", "A sosit piesa comandată?"), ("t", "Da! O puteți ridica începând cu ora zece.")],
        [("c", "Se poate parca aproape de dumneavoastră?"), ("t", "Da, în curtea din spatele casei.")],
        [("c", "Aș dori o ofertă și pentru etajul al doilea.")],
    ],
}
# fmt: on
