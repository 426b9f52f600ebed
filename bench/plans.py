"""Whether a database reads a whole tenant table, or all rows of an account, to do a job."""

import re
from collections.abc import Iterator

from django.db import connection

from frontdesk.core.tenancy.compiler import tenant_tables

from . import inside, variants
from .jobs import Requests
from .report import Report

# Reading a table of a few pages whole is what a planner should do.
SMALL = 5_000
_SCANNED = re.compile(r"^SCAN (\w+)(?! VIRTUAL)")
_WHOLE_ACCOUNT = re.compile(r"^SEARCH (\w+) USING .*\(account_id=\?\)$")
_ONLY_ACCOUNT = re.compile(r"^\(account_id = [^()]*\)$")


def _large_tables() -> set[str]:
    large = set()
    with connection.cursor() as cursor:
        for table in tenant_tables():
            cursor.execute(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {SMALL}) x')
            if cursor.fetchone()[0] == SMALL:
                large.add(table)
    return large


def _ends_early(sql: str) -> bool:
    """Whether a statement may walk along an index of the account and stop after a page."""
    return "ORDER BY" in sql and "LIMIT" in sql


def _scanned_sqlite(sql: str, params) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql, params)
        steps = [row[3] for row in cursor.fetchall()]
    for step in steps:
        scanned = _SCANNED.match(step) or (not _ends_early(sql) and _WHOLE_ACCOUNT.match(step))
        if scanned:
            named = re.search(rf'"?(\w+)"? (?:AS )?"?{scanned[1]}"?\b', sql)
            yield scanned[1]
            yield named[1] if named else ""


def _nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)


def _scanned_postgresql(sql: str, params) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql, params)
        plan = cursor.fetchone()[0][0]["Plan"]
    for node in _nodes(plan):
        whole_account = not _ends_early(sql) and _ONLY_ACCOUNT.match(node.get("Index Cond", ""))
        if node["Node Type"] == "Seq Scan" or whole_account:
            yield node.get("Relation Name", node.get("Index Name", ""))


def _scans(request, large: set[str]) -> set[tuple[str, str]]:
    """(table, statement) of every large tenant table that is read whole, or for a whole account."""
    with inside.Statements() as ran:
        inside.ask(request)
    explain = _scanned_sqlite if connection.vendor == "sqlite" else _scanned_postgresql
    reads = [(sql, params) for sql, params in ran.seen if sql.startswith("SELECT")]
    return {(table, sql) for sql, params in reads for table in explain(sql, params) if table in large}


def run(report: Report, requests: Requests) -> None:
    """One line for each kind of read: how many whole tables its statements read."""
    large = _large_tables()
    others = (requests.searching(), requests.opening(), requests.creating(), requests.noting())
    jobs = {"list": variants.combined(requests), **{job.name: [job] for job in others}}
    for name, asked in jobs.items():
        found = set()
        for job in asked:
            for request in (job.pages(0), job.api(0)):
                found |= _scans(request, large)
        report.note(sorted(f"{table}: {sql}" for table, sql in found))
        report.add(f"plans.{name}", len(found), "scans", 1, 0)
