"""The rooms' SQL in PostgreSQL's words: parameters, and the few forms of DuckDB's that it does not have."""

import re

REPLACED_TABLE = re.compile(
    r"^\s*create or replace (?P<temp>temp )?table (?P<name>(?:\w+|\"[^\"]+\")(?:\.(?:\w+|\"[^\"]+\"))?)",
    re.IGNORECASE,
)
REPLACED_SCHEMA = re.compile(r"^\s*create or replace schema (?P<name>\w+)\s*$", re.IGNORECASE)
VARIABLE = re.compile(r"^\s*set variable (?P<name>\w+) = \?\s*$", re.IGNORECASE)
HASHING = re.compile(r"\bsha256\(", re.IGNORECASE)
QUOTED = re.compile(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")")
NEXT = "__next"

FUNCTIONS = """
create or replace function public.hex_sha256(value bytea) returns text immutable strict parallel safe
    language sql as $$ select pg_catalog.encode(pg_catalog.sha256(value), 'hex') $$;
create or replace function public.hex_sha256(value text) returns text immutable strict parallel safe
    language sql as $$
        select pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(value, 'UTF8')), 'hex') $$;
create or replace function public.unhex(value text) returns bytea immutable strict parallel safe
    language sql as $$ select pg_catalog.decode(value, 'hex') $$;
create or replace function public.encode(value text) returns bytea immutable strict parallel safe
    language sql as $$ select pg_catalog.convert_to(value, 'UTF8') $$;
create or replace function public.getvariable(name text) returns bytea stable strict parallel safe
    language sql as $$ select pg_catalog.decode(pg_catalog.current_setting('smarketing.' || name), 'hex') $$;
"""
"""What the rooms call and PostgreSQL lacks: once in each working database."""


def in_postgres(query: str, *, has_parameters: bool) -> str:
    """The statement, or several that together do the same in one transaction."""
    query = REPLACED_SCHEMA.sub(r"drop schema if exists \g<name> cascade; create schema \g<name>", query)
    query = VARIABLE.sub(
        r"select pg_catalog.set_config('smarketing.\g<name>', pg_catalog.encode(?, 'hex'), false)", query
    )
    query = HASHING.sub("hex_sha256(", query)
    query = _replaced(query)
    return _with_marks(query) if has_parameters else query


def _replaced(query: str) -> str:
    """A table is made beside the one it replaces, for it may be made from that one."""
    found = REPLACED_TABLE.match(query)
    if not found:
        return query
    table, temporary = found["name"], found["temp"] or ""
    schema, _, name = table.rpartition(".")
    bare = name.strip('"')
    making = f'{schema}."{bare}{NEXT}"' if schema else f'"{bare}{NEXT}"'
    old = table if schema or not temporary else f"pg_temp.{table}"
    begun = f"drop table if exists {making if schema else f'pg_temp.{making}' if temporary else making}"
    made = f"create {temporary}table {making}{query[found.end() :]}"
    return f'{begun}; {made}; drop table if exists {old}; alter table {making} rename to "{bare}"'


def _with_marks(query: str) -> str:
    """`?` outside of quotes becomes the driver's mark, and its own sign a plain one."""
    parts = QUOTED.split(query)
    return "".join(
        part.replace("%", "%%") if place % 2 else part.replace("%", "%%").replace("?", "%s")
        for place, part in enumerate(parts)
    )
