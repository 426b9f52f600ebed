"""Names of the people in the data set: 60 first names and 600 last names in three languages."""

FIRST = (
    "Olivia", "Amelia", "Grace", "Freya", "Isla", "Maya", "Harriet", "Zara", "Noah", "George", "Arthur",
    "Leo", "Oscar", "Theo", "Samuel", "Imran", "Priya", "Ruth", "Daniel", "Hannah", "Camille", "Chloé",
    "Manon", "Inès", "Léa", "Juliette", "Zoé", "Anaïs", "Lucas", "Hugo", "Louis", "Gabriel", "Raphaël",
    "Théo", "Mathis", "Karim", "Noémie", "Élodie", "François", "Benoît", "Maria", "Ioana", "Elena", "Andreea",
    "Ana", "Cristina", "Raluca", "Ștefania", "Andrei", "Mihai", "Alexandru", "Ștefan", "Radu", "Vlad",
    "Ionuț", "Bianca", "Daniela", "Tudor", "Călin", "Horia",
)  # fmt: skip
ROOTS = (
    "Arden", "Bal", "Barn", "Bel", "Bern", "Brad", "Cald", "Cam", "Carr", "Chev", "Cior", "Clif", "Cor",
    "Dal", "Dan", "Dub", "Dum", "Ed", "Fair", "Flor", "Gar", "Gheor", "Gren", "Hal", "Ham", "Har", "Hol",
    "Ion", "Jack", "Jar", "Kel", "Lam", "Laz", "Lef", "Lin", "Mar", "Mat", "Mer", "Mold", "Mor", "Mun", "Nor",
    "Oak", "Olt", "Pat", "Pic", "Pop", "Rad", "Rob", "Rus", "Sal", "San", "Ser", "Sim", "Stan", "Stoic",
    "Thor", "Tur", "Vas", "Wal",
)  # fmt: skip
ENDINGS = ("escu", "son", "ier", "ley", "eanu", "ton", "ard", "wood", "aru", "in")
LAST = tuple(root + ending for root in ROOTS for ending in ENDINGS)
CITIES = ("Bristol", "Leeds", "York", "Lyon", "Nantes", "Lille", "Cluj-Napoca", "Iași", "Brașov", "Timișoara")
TAGS = (
    "VIP", "Referral", "Contract", "Evenings", "New", "School", "Annual", "Discount", "Waiting", "Remote",
    "Pair", "Trial",
)  # fmt: skip
NOTES = (
    "Prefers calls after 16:00.",
    "Has a dog; ring the bell and wait.",
    "Asked for a quote for the spring.",
    "Pays by bank transfer at the end of the month.",
    "Parking behind the building; the code for the gate changes every month, so call before you leave.",
)
