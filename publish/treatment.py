"""Which columns of what is published hold a person's address, and what the agreement says to do with it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agreement.model import Agreement

Kind = str  # "email" or "phone": a key of the agreement's `privacy`

PERSONAL_PROPERTIES: dict[str, Kind] = {
    "email": "email",
    "work_email": "email",
    "hs_additional_emails": "email",
    "hs_calculated_phone_number": "phone",
    "hs_searchable_calculated_phone_number": "phone",
    "hs_searchable_calculated_mobile_number": "phone",
    "hs_whatsapp_phone_number": "phone",
    "fax": "phone",
    "mobilephone": "phone",
    "phone": "phone",
}


def personal_columns(agreement: "Agreement") -> dict[str, Kind]:
    """Column names that hold an address in any published table: `email`, `phone`, and the agreement's own.

    An agreement may give leads the same CRM property under another name; it is no less an address.
    """
    named = {"email": "email", "phone": "phone"}
    for name, column in agreement.columns.items():
        if column.of == "contact" and column.property in PERSONAL_PROPERTIES:
            named[name] = PERSONAL_PROPERTIES[column.property]
    return named


def treatments(agreement: "Agreement") -> dict[str, str]:
    """keep, hash or drop for each personal column, by its lower-case name."""
    asked = {"email": agreement.privacy.email, "phone": agreement.privacy.phone}
    return {name.lower(): asked[kind] for name, kind in personal_columns(agreement).items()}


def further(now: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """What is still to be done to tables published with the treatments `before`, so that `now` holds too.

    A hash is not hashed again; what was dropped is null already.
    """
    done = {column: how for column, how in before.items() if how != "keep"}
    return {
        column: "keep" if how == "hash" and done.get(column) == "hash" else how for column, how in now.items()
    }
