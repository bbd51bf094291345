"""Whether an answer is of the shape that HubSpot documents: what is not was never understood, only read."""

from typing import Any

import orjson

from errors import CrmUnreadable
from extract.faults import PassingError

_BARE = ("/analytics/", "/crm/v3/limits/")


def parsed(path: str, content: bytes) -> dict[str, Any]:
    """The answer to a request, understood.

    Raises:
        PassingError: it is no JSON, or not all of it.
        CrmUnreadable: it is of another shape than HubSpot documents.
    """
    try:
        return shaped(path, orjson.loads(content))
    except orjson.JSONDecodeError:
        raise PassingError("an answer cut short") from None


def shaped(path: str, content: Any) -> dict[str, Any]:
    """`content` as it came, if it is an object with a list of records, each of them with what makes it one.

    Raises:
        CrmUnreadable: it is not. Nothing of it was loaded.
    """
    trouble = _trouble(path, content)
    if trouble is None:
        whole: dict[str, Any] = content
        return whole
    raise CrmUnreadable(
        f"HubSpot's answer to {path} is not of the shape that it documents: {trouble}. Nothing of it was "
        "loaded. Something between here and HubSpot may answer in its place: check "
        "SOURCES__HUBSPOT__BASE_URL and the proxy, then run again."
    )


def _trouble(path: str, content: Any) -> str | None:
    if not isinstance(content, dict):
        return "it is no object"
    if path.startswith(_BARE):
        return None
    if not isinstance(content.get("results"), list):
        return "it has no list of results"
    is_records = path.startswith("/crm/v3/objects/")
    for place, one in enumerate(content["results"]):
        if not isinstance(one, dict):
            return f"result {place} is no object"
        if is_records and not (_is_id(one.get("id")) and isinstance(one.get("properties"), dict)):
            return f"result {place} has no id or no properties"
    return _paging(content.get("paging"), content.get("total", None if path.endswith("/search") else 0))


def _paging(paging: Any, total: Any) -> str | None:
    if not isinstance(total, int):
        return "its total is no number"
    if paging is None:
        return None
    following = paging.get("next") if isinstance(paging, dict) else paging
    if following is None or (isinstance(following, dict) and isinstance(following.get("after"), str | int)):
        return None
    return "it does not say where the next page begins"


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit()
