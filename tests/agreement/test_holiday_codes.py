"""What is read from the source of `holidays` is what it says of itself."""

import holidays
from holidays.registry import COUNTRIES

from agreement.holiday_codes import countries, regions


def test_the_countries_are_those_it_registers() -> None:
    registered = {code: names[0] for names in COUNTRIES.values() for code in names[1:] if len(code) == 2}
    assert {code: name for code, (_, name) in countries().items()} == registered
    assert len(registered) > 200


def test_the_regions_are_those_of_each_class() -> None:
    for code in countries():
        assert regions(code) == tuple(getattr(holidays, code).subdivisions), code
