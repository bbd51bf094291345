"""What YAML silently makes of text without quotes: `NO` is false, `17:00` is 1020, `2026-10-01` is a date."""

import re

from agreement.nodes import Scalar

TRUTH = {**dict.fromkeys(("yes", "on", "true"), "true"), **dict.fromkeys(("no", "off", "false"), "false")}
NUMBER = re.compile(
    r"[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d+)?|0x[\da-fA-F_]+|0o[0-7_]+|0b[01_]+"
)
SIXTIES = re.compile(r"[-+]?[1-9][\d_]*(?::[0-5]?\d)+")
DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt ].*)?")
NOTHING = ("", "~", "null", "Null", "NULL")


def misreading(scalar: Scalar) -> str | None:
    """What YAML makes of a text without quotes, for a sentence; None if it leaves it as text."""
    text = scalar.text
    if scalar.quoted:
        return None
    if text in NOTHING:
        return "nothing"
    if text.lower() in TRUTH:
        return TRUTH[text.lower()]
    return _number(text) or ("a date" if DATE.fullmatch(text) else None)


def _number(text: str) -> str | None:
    if SIXTIES.fullmatch(text):
        return f"the number {_from_sixties(text)}"
    if re.fullmatch(r"0[0-7]+", text):
        return f"the number {int(text, 8)}"
    return "a number" if NUMBER.fullmatch(text) or text.lower() in (".inf", ".nan") else None


def _from_sixties(text: str) -> int:
    value = 0
    for digits in text.lstrip("-+").split(":"):
        value = value * 60 + int(digits)
    return -value if text.startswith("-") else value
