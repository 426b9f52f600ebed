"""Names, streets and remarks of the demo business, by language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """What demo clients are made of; `mobile` is the beginning of a number that is followed by `digits` digits."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    companies: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[tuple[str, str], ...]
    country: str
    mobile: str
    digits: int
    tags: tuple[str, ...]
    notes: tuple[str, ...]
    roles: tuple[str, ...]


SAMPLES = {
    "en": Sample(
        first=("Olivia", "Amelia", "Grace", "Freya", "Isla", "Maya", "Harriet", "Zara", "Noah", "George", "Arthur", "Leo", "Oscar", "Theo", "Samuel", "Imran", "Priya", "Chloe", "Daniel", "Ruth"),
        last=("Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Evans", "Thomas", "Roberts", "Khan", "Patel", "Wright", "Walker", "Hughes", "Green", "Edwards", "O'Connor", "Campbell", "Murphy", "Ward"),
        companies=("Harbour Bakery", "Northgate Dental", "Willow & Co", "Brook Street Cycles", "Oakfield Primary School", "Meridian Travel", "The Copper Kettle", "Lindley Architects"),
        streets=("High Street", "Church Lane", "Station Road", "Mill Lane", "Victoria Road", "Park Avenue", "Queensway", "Orchard Close"),
        cities=(("Bristol", "BS1 4ST"), ("Leeds", "LS1 4DY"), ("York", "YO1 7HH"), ("Bath", "BA1 1SU"), ("Exeter", "EX4 3LS")),
        country="GB", mobile="+4474000", digits=5,
        tags=("VIP", "Referral", "Contract", "Evenings only", "New"),
        notes=("Prefers calls after 16:00.", "Has a dog; ring the bell and wait.", "Asked for a quote for the spring.", "Pays by bank transfer at the end of the month.", "Parking behind the building.", "Very happy with the last visit."),
        roles=("Office manager", "Owner", "Accounting", "Mother", "Assistant"),
    ),
    "fr": Sample(
        first=("Camille", "Chloé", "Manon", "Inès", "Léa", "Juliette", "Zoé", "Anaïs", "Lucas", "Hugo", "Louis", "Gabriel", "Raphaël", "Théo", "Mathis", "Karim", "Noémie", "Élodie", "François", "Benoît"),
        last=("Martin", "Bernard", "Dubois", "Thomas", "Robert", "Petit", "Durand", "Leroy", "Moreau", "Lefèvre", "Garnier", "Chevalier", "Benali", "Faure", "Mercier", "Blanc", "Guérin", "Boyer", "Lemaire", "Picard"),
        companies=("Boulangerie du Port", "Cabinet Saint-Michel", "Atelier Lumière", "Cycles Bastille", "École des Tilleuls", "Voyages Méridien", "Le Chaudron", "Agence Lambert"),
        streets=("rue de la République", "avenue Jean-Jaurès", "rue Victor-Hugo", "place du Marché", "rue des Écoles", "boulevard Gambetta", "impasse des Lilas", "quai de Saône"),
        cities=(("Lyon", "69002"), ("Nantes", "44000"), ("Lille", "59000"), ("Grenoble", "38000"), ("Rennes", "35000")),
        country="FR", mobile="+336000", digits=5,
        tags=("VIP", "Recommandé", "Contrat", "Soirs seulement", "Nouveau"),
        notes=("Préfère être appelée après 16 h.", "Il y a un chien ; sonner et attendre.", "A demandé un devis pour le printemps.", "Paie par virement en fin de mois.", "Stationnement derrière l’immeuble.", "Très content de la dernière visite."),
        roles=("Responsable du bureau", "Gérant", "Comptabilité", "Mère", "Assistante"),
    ),
    "ro": Sample(
        first=("Maria", "Ioana", "Elena", "Andreea", "Ana", "Cristina", "Raluca", "Ștefania", "Andrei", "Mihai", "Alexandru", "Ștefan", "Radu", "Vlad", "Ionuț", "Gabriel", "Bianca", "Daniela", "Tudor", "Călin"),
        last=("Popescu", "Ionescu", "Popa", "Radu", "Dumitru", "Stan", "Stoica", "Gheorghe", "Matei", "Ciobanu", "Rusu", "Țurcanu", "Munteanu", "Moldovan", "Lazăr", "Ardelean", "Bălan", "Nistor", "Crăciun", "Șerban"),
        companies=("Brutăria din Port", "Cabinet Dentar Nord", "Atelier Lumina", "Velo Centru", "Școala Teiului", "Meridian Turism", "La Ceaun", "Arhitect Proiect"),
        streets=("Strada Horea", "Bulevardul Unirii", "Strada Mihai Viteazu", "Piața Mare", "Strada Școlii", "Calea Victoriei", "Aleea Teilor", "Strada Gării"),
        cities=(("Cluj-Napoca", "400174"), ("București", "010063"), ("Iași", "700032"), ("Timișoara", "300077"), ("Brașov", "500036")),
        country="RO", mobile="+4070000", digits=4,
        tags=("VIP", "Recomandat", "Contract", "Doar seara", "Nou"),
        notes=("Preferă să fie sunată după ora 16.", "Are câine; sunați și așteptați.", "A cerut o ofertă pentru primăvară.", "Plătește prin transfer la sfârșit de lună.", "Parcare în spatele clădirii.", "Foarte mulțumit de ultima vizită."),
        roles=("Administrator", "Proprietar", "Contabilitate", "Mamă", "Asistentă"),
    ),
}
