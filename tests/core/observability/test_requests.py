"""Each request leaves one line and one count, without personal data."""

import io
import json

import pytest
import structlog

from frontdesk.core.observability import checks, logs

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(monkeypatch):
    """The log lines written during the test, as dictionaries."""
    written = io.BytesIO()
    settings = structlog.get_config()
    structlog.configure(
        processors=[*logs.SHARED, logs._json], logger_factory=structlog.BytesLoggerFactory(written),
        cache_logger_on_first_use=False,
    )  # fmt: skip
    monkeypatch.setattr("frontdesk.core.observability.middleware.log", structlog.get_logger())
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.configure(**settings)


def test_a_line_names_route_and_people_but_no_address(lines, cast, browser_of):
    answer = browser_of(cast.ana).get("/clients/?q=maria@example.com", headers={"x-request-id": "abc-1"})
    assert answer.headers["X-Request-ID"] == "abc-1"
    (line,) = lines()
    assert line["route"].startswith("clients:") and line["status"] == 200 and line["request_id"] == "abc-1"
    assert line["account"] == str(cast.account.pk) and line["member"] == str(cast.ana.pk)
    assert "maria" not in json.dumps(line) and "/clients" not in json.dumps(line)


@pytest.mark.parametrize("given", ["", "x" * 37, "a b", "é", 'a"b', "a/b"])
def test_an_id_that_could_be_anything_is_replaced(client, given):
    assert client.get("/health/live", headers={"x-request-id": given}).headers["X-Request-ID"] != given


def test_an_exception_is_logged_without_the_row_that_caused_it():
    quoted = "duplicate key\nDETAIL: Key (email)=(maria@example.com)"
    try:
        raise ValueError(quoted)
    except ValueError as error:
        event = logs._exception(None, "error", {"exc_info": error})
    assert "duplicate key" in event["exception"] and "maria" not in event["exception"]


def test_causes_come_first_and_a_loop_ends():
    first, second = ValueError("first"), KeyError("second")
    second.__cause__, first.__context__ = first, second
    assert [type(one) for one in logs._chain(second)] == [ValueError, KeyError]


def test_live_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/health/live").content == b"ok"


def test_ready_names_what_is_missing(client):
    assert client.get("/health/ready").status_code == 503
    from frontdesk.core.jobs.worker import beat

    beat()
    answer = client.get("/health/ready")
    assert answer.status_code == 200 and set(answer.json().values()) == {"ok"}


def test_a_silent_worker_is_noticed(settings):
    from datetime import timedelta

    from django.utils import timezone

    from frontdesk.core.jobs.models import Heartbeat

    Heartbeat.objects.create(name="worker", at=timezone.now() - timedelta(minutes=5))
    assert not checks.check_worker().ok


def test_storage_that_cannot_be_written_is_noticed(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "nowhere"
    assert "writable" in checks.check_storage().advice


def test_metrics_are_for_this_machine_or_the_token(client, settings):
    client.get("/health/live")
    assert b"frontdesk_request_seconds_count" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    settings.METRICS_TOKEN = "secret"
    assert client.get("/metrics").status_code == 404
    assert (
        client.get("/metrics", headers={"authorization": "Bearer secret"}, REMOTE_ADDR="203.0.113.9").status_code == 200
    )


def test_a_refused_body_is_explained_in_the_visitors_language(client):
    page = client.post("/setup/", headers={"accept-language": "fr"}, **{"frontdesk.refused": 413})
    assert page.status_code == 413 and b"<h1" in page.content
    problem = client.post("/api/v1/clients", content_type="application/json", **{"frontdesk.refused": 413})
    assert problem.status_code == 413 and problem.json()["status"] == 413
