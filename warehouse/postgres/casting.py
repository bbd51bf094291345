"""Casts that give null where a value does not fit, as DuckDB's `try_cast` does; PostgreSQL has none.

`public.try_<type>` in each working database, for texts and for values of other types.
"""

NUMBER = r"^\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?\s*$"
DAY = r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
MOMENT = rf"^{DAY}([ T][0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]+)?)?(Z|[-+][0-9]{{2}}(:?[0-9]{{2}})?)?)?$"
TEXTS = ("text", "character varying")
SAFELY = """
create or replace function public.try_{name}(value {kind}) returns {type} immutable strict parallel safe
language plpgsql as $body$
begin
    if not ({fits}) then return null; end if;
    return {cast};
exception when others then return null;
end $body$;
"""
DIRECTLY = """
create or replace function public.try_{name}(value {kind}) returns {type} immutable strict parallel safe
language sql as $body$ select {cast} $body$;
"""
TYPES = {
    "number": ("numeric", f"value ~ '{NUMBER}' and abs(value::numeric) < 1e28", "value::numeric(38, 10)"),
    "integer": ("bigint", f"value ~ '{NUMBER}'", "round(value::numeric(38, 10))::bigint"),
    "boolean": (
        "boolean",
        "lower(value) in ('true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', '1', '0')",
        "value::boolean",
    ),
    "datetime": (
        "timestamp",
        f"value ~ '{MOMENT}'",
        r"regexp_replace(value, '(\.[0-9]{{6}})[0-9]+', '\1')::timestamp",
    ),
    "date": ("date", rf"value ~ '^\s*{DAY}'", rf"substring(value from '{DAY}')::date"),
}
"""For each of the agreement's types its name here, when a text fits it, and how it is read then."""

OTHERS = {
    "number": (("numeric", "value"), ("bigint", "value::numeric"), ("integer", "value::numeric")),
    "integer": (("bigint", "value"), ("integer", "value::bigint")),
    "boolean": (("boolean", "value"),),
    "datetime": (("timestamp", "value"), ("date", "value::timestamp")),
    "date": (("date", "value"), ("timestamp", "value::date")),
}
"""Types that need no look at the text."""

BY_TEXT = ("numeric", "bigint", "integer", "boolean", "timestamp", "date", "double precision")


def functions() -> str:
    """The statements that make them."""
    return "".join(_of(name) for name in TYPES)


def cast(value: str, name: str) -> str:
    """SQL for `value` as one of the agreement's types, or null."""
    return value if name == "string" else f"public.try_{name}({value})"


def _of(name: str) -> str:
    kind, fits, cast_ = (part.replace("{{", "{").replace("}}", "}") for part in TYPES[name])
    direct = dict(OTHERS[name])
    direct |= {other: f"public.try_{name}(value::text)" for other in BY_TEXT if other not in direct}
    return "".join(
        SAFELY.format(name=name, kind=text, type=kind, fits=fits, cast=cast_) for text in TEXTS
    ) + "".join(DIRECTLY.format(name=name, kind=k, type=kind, cast=c) for k, c in direct.items())
