"""The room's one job: from raw tables and the agreement to tested marts."""

from dataclasses import dataclass

from agreement import Agreement
from progress import Progress
from project import Project, Run
from transform import built
from transform.agreement_tables import write_agreement
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from transform.test_results import store_test_results
from warehouse import Warehouse


@dataclass(frozen=True)
class BuildOutcome:
    """What was built: `models` is how many dbt models."""

    models: int


def build(  # noqa: PLR0913 -- every room is given these
    project: Project,
    agreement: Agreement,
    warehouse: Warehouse,
    run: Run,
    progress: Progress,
    *,
    full_refresh: bool = False,
) -> BuildOutcome:
    """Build `staging`, `intermediate` and `marts`, then test them.

    Only what may look different since the last build that passed every test is worked out; everything, if
    there is none, if something changed that is not of a single lead, or with `full_refresh`.

    The verdicts of the data tests are in `intermediate.data_test_results`: a failed test is for the
    expectations room to judge, and no error here.

    Raises:
        UsageProblem: a file that the agreement names cannot be read.
        RuntimeError: a model could not be built; the message is dbt's.
    """
    holds = warehouse.keeps_rows and built.may_build_on(warehouse, agreement, run)
    write_agreement(project, agreement, warehouse, run)
    with Dbt(project, warehouse, dbt_vars(agreement, warehouse.engine), progress) as dbt:
        models = dbt.run(full_refresh=full_refresh or not holds)
        tests = dbt.test()
    tests = store_test_results(warehouse, tests)
    failed = sum(test.verdict != "passed" for test in tests)
    if not failed and warehouse.keeps_rows:
        built.remember(warehouse, agreement, run)
    progress.say(f"Built {models} models; {len(tests)} tests, {failed} failed.")
    return BuildOutcome(models)
