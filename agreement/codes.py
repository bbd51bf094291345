"""Codes that others keep: time zones (IANA), currencies (ISO 4217), public holidays by country and region."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from agreement.holiday_codes import countries, regions
from agreement.kinds import Value
from agreement.nodes import Scalar
from agreement.problems import Fault, nearest
from agreement.values import text

_CURRENCY_CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD
HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD
LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CURRENCY_CODES.split())


def time_zone(scalar: Scalar) -> Fault | None:
    """A zone that this machine's time zone database knows, spelt exactly so."""
    if fault := text(scalar):
        return fault
    try:
        ZoneInfo(scalar.text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = {zone.rsplit("/", 1)[-1].lower(): zone for zone in sorted(available_timezones())}
        city = scalar.text.rsplit("/", 1)[-1].lower().replace(" ", "_")
        near = nearest(scalar.text, available_timezones()) or known.get(nearest(city, known) or "")
        return Fault(f"is '{scalar.text}', which is not a time zone", nearest=near, example=near)
    return None


def currency(scalar: Scalar) -> Fault | None:
    """A currency in use."""
    if fault := text(scalar):
        return fault
    if scalar.text in CURRENCIES:
        return None
    near = nearest(scalar.text.upper(), CURRENCIES)
    return Fault(f"is '{scalar.text}', which is not a currency's code", nearest=near, example=near)


def holidays_of(scalar: Scalar) -> Fault | None:
    """A country, or a country and one of its regions, whose public holidays are known."""
    if fault := text(scalar):
        return fault
    codes = countries()
    country, _, region = scalar.text.partition("-")
    if country not in codes:
        near = nearest(country.upper(), codes)
        example = near if near == country.upper() else None
        return Fault(f"is '{scalar.text}', and no public holidays are known for '{country}'", nearest=example)
    known = regions(country) if "-" in scalar.text else ()
    if "-" not in scalar.text or region in known:
        return None
    near = nearest(region.upper(), known)
    some = (
        ", ".join(f"{country}-{one}" for one in sorted(known)[:12])
        or f"{country} alone, which has no regions"
    )
    return Fault(
        f"is '{scalar.text}', and '{country}' has no region '{region}'",
        expected=f"one of: {some}" + (", ..." if len(known) > 12 else ""),
        nearest=f"{country}-{near}" if near else None,
    )


TIME_ZONE = Value(
    "a time zone as Region/City",
    "Australia/Brisbane",
    time_zone,
    {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_+/-]+$", "examples": ["Australia/Brisbane"]},
)
CURRENCY = Value(
    "a currency's three capital letters", "AUD", currency, {"type": "string", "enum": sorted(CURRENCIES)}
)
HOLIDAYS = Value(
    "a country's two capital letters, with or without a region",
    "AU-QLD",
    holidays_of,
    {"type": "string", "pattern": r"^[A-Z]{2}(-[A-Za-z0-9]+)?$", "examples": ["AU-QLD", "NZ", "DE-BY"]},
)
