"""A5: the app's description, the service worker and the page without a connection."""

import json
import re

from django.urls import reverse


def test_the_app_bears_the_name_of_the_business(cast, browser_of, client):
    assert client.get("/manifest.webmanifest").json()["name"] == "Frontdesk"
    answer = browser_of(cast.cora).get("/manifest.webmanifest")
    made = answer.json()
    assert made["name"] == "Folio Repairs" and made["scope"] == "/" and made["display"] == "standalone"
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert {icon["purpose"] for icon in made["icons"]} == {"any", "maskable"}


def test_the_worker_is_one_script_at_the_root_with_a_version(client):
    answer = client.get("/sw.js?language=fr")
    text = answer.content.decode()
    known = json.loads(re.match(r"self\.FRONTDESK = (\{.*?\});\n", text)[1])
    assert (
        answer.headers["Content-Type"].startswith("text/javascript") and answer.headers["Cache-Control"] == "no-cache"
    )
    assert known["offline"] == reverse("notify:offline") + "?language=fr" and len(known["version"]) == 16
    assert "language=en" in client.get("/sw.js?language=nonsense").content.decode()


def test_the_page_without_a_connection_says_nothing_of_anybody(cast, browser_of, client):
    page = browser_of(cast.cora).get(reverse("notify:offline")).content.decode()
    assert "No connection" in page and "Cora" not in page and "Folio" not in page
    assert 'lang="fr"' in client.get(reverse("notify:offline") + "?language=fr").content.decode()
