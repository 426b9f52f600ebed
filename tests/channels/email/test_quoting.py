"""What a mail quotes is folded away: six programs, three languages; forwards and answers between the lines are not."""

import time

import pytest

from frontdesk.channels.email.reading import markup, quoting, unpacking

HEADS = {
    "gmail en": "On Mon, Feb 3, 2025 at 10:11 AM Folio Repairs <office@folio.example> wrote:",
    "gmail fr": "Le lun. 3 févr. 2025 à 10:11, Folio <office@folio.example> a écrit :",
    "gmail ro": "Pe lun., 3 feb. 2025 la 10:11, Folio <office@folio.example> a scris:",
    "apple en": "On 3 Feb 2025, at 10:11, Folio <office@folio.example> wrote:",
    "apple fr": "Le 3 févr. 2025 à 10:11, Folio <office@folio.example> a écrit :",
    "apple ro": "La data de 3 feb. 2025, la 10:11, Folio <office@folio.example> a scris:",
    "thunderbird en": "On 2/3/25 10:11, Folio wrote:",
    "thunderbird fr": "Le 03/02/2025 à 10:11, Folio a écrit :",
    "thunderbird ro": "La 03.02.2025 10:11, Folio a scris:",
    "yahoo en": "On Monday, February 3, 2025 at 10:11:12 AM GMT+2, Folio <office@folio.example> wrote:",
    "yahoo fr": "Le lundi 3 février 2025 à 10:11:12 UTC+1, Folio <office@folio.example> a écrit :",
    "yahoo ro": "În luni, 3 februarie 2025 la 10:11:12 EET, Folio <office@folio.example> a scris:",
    "gmail wrapped": "On Mon, Feb 3, 2025 at 10:11 AM Folio Repairs and more words <\noffice@folio.example> wrote:",
    "fr wrapped": "Le lun. 3 févr. 2025 à 10:11, Folio <office@folio.example> a\nécrit :",
}  # fmt: skip
BLOCKS = {
    "outlook en": "From: Folio <office@folio.example>\nSent: Monday, February 3, 2025 10:11\nTo: Maria\nSubject: Visit",
    "outlook fr": "De : Folio <office@folio.example>\nEnvoyé : lundi 3 février 2025 10:11\nÀ : Maria\nObjet : Visite",
    "outlook ro": "De la: Folio <office@folio.example>\nTrimis: luni, 3 februarie 2025 10:11\nCătre: Maria\nSubiect: Vizita",  # noqa: E501
    "outlook ruled": "________________________________\nFrom: Folio <office@folio.example>\nSent: Monday\nTo: Maria",
    "outlook bold": "*From:* Folio <office@folio.example>\n*Sent:* Monday\n*To:* Maria\n*Subject:* Visit",
    "original en": "-----Original Message-----\nFrom: Folio",
    "original fr": "-----Message d'origine-----\nDe : Folio",
    "original ro": "-----Mesaj original-----\nDe la: Folio",
    "samsung": "-------- Original message --------\nFrom: Folio <office@folio.example>",
}
SIGNATURES = {
    "marked": "-- \nMaria Ionescu\n+40 745 112 908", "iphone en": "Sent from my iPhone", "iphone fr": "Envoyé de mon iPhone",  # noqa: E501
    "iphone ro": "Trimis de pe iPhone-ul meu", "outlook": "Get Outlook for iOS", "yahoo": "Trimis din Yahoo Mail pe Android",  # noqa: E501
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_what_follows_who_wrote_is_folded(name, mark):
    text = f"Yes, Tuesday is fine.\n\nMaria\n\n{HEADS[name]}\n\n{mark}Would Tuesday do?\n{mark}\n{mark}Folio"
    own, rest = quoting.split(text)
    assert own == "Yes, Tuesday is fine.\n\nMaria" and "Would Tuesday do?" in rest


@pytest.mark.parametrize("name", BLOCKS)
def test_what_follows_repeated_heads_is_folded(name):
    own, rest = quoting.split(f"Yes, fine.\n\n{BLOCKS[name]}\n\nWould Tuesday do?")
    assert own == "Yes, fine." and rest.endswith("Would Tuesday do?")


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures_are_folded(name):
    assert quoting.split(f"Yes, fine.\n\n{SIGNATURES[name]}") == ("Yes, fine.", SIGNATURES[name].strip())
    own, rest = quoting.split(f"Yes, fine.\n\n{SIGNATURES[name]}\n\n{HEADS['gmail en']}\n> Tuesday?")
    assert own == "Yes, fine." and rest.startswith(SIGNATURES[name][:2])


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote:\nthe heating is broken, please come.".replace("wrote:", "wrote you a letter"),
        "See below.\n\n---------- Forwarded message ---------\nFrom: Bank <b@bank.example>\nDate: Mon\nSubject: x\n\nPlease pay",  # noqa: E501
        "> Would Tuesday do?\nYes.\n> At ten?\nNo, at eleven.",
        "From: the station take the bus\nand then walk.",
        "La piscine est ouverte.\nElle a écrit un livre.",
        "Prices:\n- one\n- two",
        "",
    ],
)
def test_what_people_wrote_stays(text):
    assert quoting.split(text) == (text, "")


def test_an_answer_below_the_quote_is_the_answer():
    own, rest = quoting.split(f"{HEADS['thunderbird en']}\n> Would Tuesday do?\n\nYes, fine.\n-- \nMaria")
    assert own == "Yes, fine." or "Yes, fine." in own
    assert "Would Tuesday do?" in rest or "Would Tuesday do?" in own


def test_html_quotes_are_folded_in_place():
    documents = [
        '<div>Yes.</div><div class="gmail_quote"><div>On … wrote:</div><blockquote>Tuesday?</blockquote></div>',
        '<div>Yes.</div><blockquote type="cite"><div>Tuesday?</div></blockquote>',
        '<div>Yes.</div><div id="ydpyahoo_quoted" class="yahoo_quoted">Tuesday?</div>',
        '<div><div>Yes.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: Folio</div><div>Tuesday?</div></div>',  # noqa: E501
        '<div><p>Yes.</p><div id="x_divRplyFwdMsg">De la: Folio</div></div>',
        '<p>Yes.</p><div class="protonmail_quote">Tuesday?</div>',
    ]
    for document in documents:
        found = markup.read(document, {}, 10_000)
        assert found.text == "Yes." and found.quoted, document
        assert found.html.count("<details") == found.html.count("</details>") == 1


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (quoting.split, "y\n" + "On aaaa wrote:\n>\n" * 9998 + "y\n"),
        (quoting.split, ("xxx <" + "@" * 590 + ":\n") * 5000),
        (unpacking.without_uuencoded, "begin 644 x\nM\n" * 14_000 + "\nend"),
    ],
)
def test_no_text_takes_long(work, text):
    began = time.process_time()
    work(text)
    assert time.process_time() - began < 2
