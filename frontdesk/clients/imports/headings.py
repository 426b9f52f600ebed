"""Headings by which other programs, and people, call each field: folded, in English, French and Romanian."""

_WORDS = {
    "name": """
        name, full name, client, client name, customer, customer name, company, company name,
        organisation, organization, student, patient, display name, nom complet, raison sociale,
        societe, entreprise, nom du client, nume complet, nume client, nume si prenume, denumire, firma,
        companie, client nume, nume elev, nume pacient
    """,
    "first_name": """
        first name, firstname, given name, forename, prenom, prenume, prenumele
    """,
    "last_name": """
        last name, lastname, surname, family name, nom, nom de famille, nume, nume de familie, numele
    """,
    "kind": """
        kind, type, client type, customer type, genre, tip, tip client, fel
    """,
    "status": """
        status, state, statut, etat, stare, statutul
    """,
    "reference": """
        reference, ref, id, client id, customer id, client no, client number, customer number, number,
        code, external id, numero, numero client, no client, code client, referinta, cod, cod client,
        numar client, nr client, nr, no
    """,
    "language": """
        language, lang, locale, langue, limba, limba preferata
    """,
    "tags": """
        tags, tag, labels, label, categories, category, groups, etiquettes, etiquette, categorie,
        etichete, eticheta, categorii
    """,
    "contact_name": """
        contact, contact name, primary contact, contact person, parent, nom du contact, contact
        principal, personne de contact, persoana de contact, nume contact, parinte
    """,
    "contact_role": """
        role, contact role, position, job title, title, fonction, poste, functie, functia, rol
    """,
    "email": """
        e mail, email, mail, e mail address, email address, courriel, adresse e mail, adresse email,
        adresse mail, adresa de e mail, adresa e mail, adresa email, e mail 1, posta electronica
    """,
    "phone": """
        phone, telephone, tel, phone number, mobile, mobile phone, mobile number, cell, cell phone,
        cellphone, landline, home phone, work phone, gsm, portable, tel portable, telephone portable,
        telephone mobile, numero de telephone, tel mobile, fixe, tel fixe, telephone fixe, telefon, tel
        mobil, telefon mobil, mobil, telefon fix, tel fix, numar de telefon, nr telefon, nr tel, celular
    """,
    "street": """
        street, address, street address, address line 1, address 1, postal address, rue, adresse,
        adresse postale, numero et rue, strada, adresa, strada si numar, strada si numarul, adresa
        postala
    """,
    "postal_code": """
        postal code, postcode, post code, zip, zip code, code postal, cp, cod postal
    """,
    "city": """
        city, town, locality, ville, commune, localite, oras, orasul, localitate, localitatea
    """,
    "region": """
        region, state province, province, county, department, departement, judet, judetul, regiune,
        regiunea
    """,
    "country": """
        country, pays, tara
    """,
    "note": """
        note, notes, comment, comments, remark, remarks, remarque, remarques, commentaire, commentaires,
        observatii, observatie, comentarii, comentariu, mentiuni
    """,
    "team": """
        team, assigned, assigned to, coworker, co worker, practitioner, technician, owner, responsible,
        account manager, equipe, responsable, praticien, technicien, assigne a, echipa, responsabil,
        alocat, tehnician, terapeut, profesor
    """,
}
HEADINGS = {key: tuple(word.strip() for word in " ".join(words.split()).split(",")) for key, words in _WORDS.items()}
