"""Night after night: nothing changes unless the company does, and then the numbers follow its story."""

from datetime import timedelta

from extract import declaration
from tests.end_to_end.comparison import assert_everything_published_is_the_storys
from tests.end_to_end.portal import NOW, Portal

KINDS_OF_ASSOCIATION = sum(len(one.associations) for one in declaration.load("hubspot").objects)
TABLES = (
    "select table_schema || '.' || table_name from information_schema.tables "
    "where table_schema = 'marts' or table_name = 'lead_quality_violations' order by 1"
)


def _everything(portal: Portal) -> dict[str, list[tuple[object, ...]]]:
    names = [name for (name,) in portal.rows(TABLES)]
    return {name: portal.rows(f"select * from {name} order by all") for name in names}


def test_a_night_without_changes_publishes_the_same_and_fetches_next_to_nothing(company: Portal) -> None:
    before, first_publication = _everything(company), (company.folder / "published").readlink()
    assert company.night().code == 0
    assert _everything(company) == before
    assert (company.folder / "published").readlink() != first_publication
    requests, loaded = company.rows("select requests, rows_loaded from audit.runs order by run_id")[-1]
    assert requests <= 100 + KINDS_OF_ASSOCIATION, "and none of them has a thousand ids"
    assert loaded < 50


def test_after_another_day_the_numbers_follow_the_story(company: Portal) -> None:
    tomorrow = NOW + timedelta(days=1)
    assert company.night(tomorrow).code == 0
    assert_everything_published_is_the_storys(company, tomorrow)


def test_after_a_missed_week_the_numbers_follow_the_story(company: Portal) -> None:
    next_week = NOW + timedelta(days=9)
    assert company.night(next_week).code == 0
    assert_everything_published_is_the_storys(company, next_week)
