"""The SQL guard: in every test, each tenant table of each statement must be tied to an account by an equality."""

import re

from frontdesk.core.tenancy import context
from frontdesk.core.tenancy.compiler import tenant_tables

KEYWORD = r"(?:FROM|WHERE|ON|SET|INNER|LEFT|CROSS|JOIN|ORDER|GROUP|LIMIT|USING|UNION|HAVING|RETURNING|FOR)"
TABLE = re.compile(
    rf'(?:\b(?:FROM|JOIN|UPDATE|ONLY)\s+|,\s*)"?(\w+)"?(?:\s+(?:AS\s+)?"?((?!{KEYWORD}\b)[A-Za-z]\w*)"?)?(?![\w".])',
    re.I,
)
HARMLESS = re.compile(
    r"\s*(INSERT(?!.*\bSELECT\b)|SAVEPOINT|RELEASE|ROLLBACK|CREATE|DROP|ALTER|PRAGMA|DECLARE|COPY|ANALYZE|EXPLAIN)",
    re.I | re.S,
)
TIE = re.compile(r'"?(\w+)"?\."?account_id"?\s*=\s*\(?\s*(?:"?(\w+)"?\."?account_id"?|(%s|\'|%\())')
BARE_TIE = re.compile(r"(?<![.\w\"])\"?account_id\"?\s*=\s*(?:%s|')")


def untied(sql: str) -> list[str]:
    """The aliases of tenant tables that no chain of equalities ties to an account given as a value."""
    if HARMLESS.match(sql):
        return []
    aliases = {(alias or table): table for table, alias in TABLE.findall(sql) if table in tenant_tables()}
    group = {alias: alias for alias in aliases}

    def root(alias):
        while group[alias] != alias:
            alias = group[alias]
        return alias

    tied = set()
    for one, other, value in TIE.findall(sql):
        if one in group and other in group:
            group[root(one)] = root(other)
        elif one in group and value:
            tied.add(one)
    roots = {root(alias) for alias in tied}
    if len(aliases) == 1 and BARE_TIE.search(sql):
        return []
    return [alias for alias in aliases if root(alias) not in roots]


def check(execute, sql, params, many, context_):
    """An execute wrapper that raises AssertionError for a statement which could touch two accounts."""
    if context.current() is not context.EVERY_ACCOUNT:
        loose = untied(sql)
        assert not loose, f"tenant tables {loose} are not tied to an account in: {sql[:600]}"
    return execute(sql, params, many, context_)
