"""Prints an agreement as YAML that reads back to the same agreement."""

from decimal import Decimal

import yaml

from agreement.amounts import plain_number
from agreement.model import Agreement
from agreement.nodes import Scalar
from agreement.traps import misreading
from agreement.written import InQuotes, written


class _Dumper(yaml.SafeDumper):
    """Quotes what YAML would misread, and writes no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        """Nothing is written by reference."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    risky = misreading(Scalar(0, 0, text)) is not None or text != text.strip()
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if risky else None)


def _in_quotes(dumper: yaml.SafeDumper, text: InQuotes) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    text = plain_number(number)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(InQuotes, _in_quotes)
_Dumper.add_representer(Decimal, _number)


def dump(agreement: Agreement) -> str:
    """The agreement as it could stand in the file, without comments."""
    parts = written(agreement)
    return yaml.dump(
        parts, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )
