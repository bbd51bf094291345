"""The room's one job: judge tonight's marts, keep the ledger, and say whether they may be published."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import settings
from agreement.model import Agreement
from expectations import docs, refusals, rules
from expectations.broken import first_leads
from expectations.judged import Judgement, judgements
from expectations.known import table_exists
from expectations.ledger import create_ledger, latest_night, update_ledger
from expectations.observed import remember_key
from expectations.outcome import CheckOutcome, RuleResult, StructuralResult
from expectations.populations import scratch
from expectations.record import record_rules, record_structure
from expectations.structure import check_structure
from expectations.tonight import create_tonight
from privacy import treatment_key
from progress import Progress
from project import Project, Run
from warehouse import Warehouse

if TYPE_CHECKING:
    import duckdb

    from expectations.session import Session


def check(
    project: Project, agreement: Agreement, warehouse: Warehouse, run: Run, progress: Progress
) -> CheckOutcome:
    """Judge the marts in the working file as of `run`.

    Writes `audit.rule_results`, `audit.check_results` and `audit.lead_quality_violations`, and the Data Docs
    in `.smarketing`. The ledger is left alone when it already knows a later night, or if there are no leads.

    Raises:
        UsageProblem: the key for hashing personal values, or another setting, is not usable.
    """
    key = treatment_key(project)
    largest_drop = settings.load(project).checks.largest_drop
    with warehouse.connect() as connection, scratch(connection):
        from expectations.session import Session

        connection.execute("create schema if not exists audit")
        remember_key(connection, key)
        session = Session(warehouse, connection, progress)
        structure = check_structure(connection, session, agreement, run, largest_drop)
        record_structure(connection, run, structure)
        progress.say(f"Made {len(structure)} structural checks.")
        judged = judgements(agreement, run.as_of, warehouse.spoken)
        results = _judge(connection, session, agreement, judged, run)
        record_rules(connection, run, results)
        progress.say(f"Judged {len(results)} rules.")
        late = _keep_ledger(connection, agreement, judged, results, structure, run)
        reasons = (*refusals.of_structure(structure), *_of_rules(connection, judged, results), *late)
        docs.write(project, connection, agreement, run, docs.Checked(judged, results, structure, reasons))
    return CheckOutcome(results, reasons, structure)


def _judge(
    connection: "duckdb.DuckDBPyConnection",
    session: "Session",
    agreement: Agreement,
    judged: Sequence[Judgement],
    run: Run,
) -> tuple[RuleResult, ...]:
    if table_exists(connection, "marts", "leads"):
        return rules.judge(connection, session, agreement, judged, run.as_of)
    return tuple(rules.not_judged(judgement, "there is no table marts.leads.") for judgement in judged)


def _keep_ledger(  # noqa: PLR0913, PLR0917  # all that a night consists of
    connection: "duckdb.DuckDBPyConnection",
    agreement: Agreement,
    judged: Sequence[Judgement],
    results: Sequence[RuleResult],
    structure: Sequence[StructuralResult],
    run: Run,
) -> tuple[str, ...]:
    create_ledger(connection)
    latest = latest_night(connection)
    if latest is not None and latest > run.as_of:
        return (
            f"The ledger of violations already speaks of {latest} UTC, later than this run's {run.as_of}: "
            "it was left as it is. Run as of a later instant.",
        )
    if not table_exists(connection, "marts", "leads"):
        return ()
    unchecked = {j.number for j, r in zip(judged, results, strict=True) if r.verdict == "error"}
    create_tonight(connection, agreement, judged, unchecked)
    is_sound = all(s.verdict == "passed" or s.severity == "warning" for s in structure)
    update_ledger(connection, run.as_of, purge=is_sound)
    return ()


def _of_rules(
    connection: "duckdb.DuckDBPyConnection", judged: Sequence[Judgement], results: Sequence[RuleResult]
) -> tuple[str, ...]:
    pairs = list(zip(judged, results, strict=True))
    failed = [j.number for j, result in pairs if result.verdict == "failed"]
    leads = first_leads(connection, failed, refusals.LEADS_NAMED)
    sentences = [refusals.of_rule(r, j.rule.because, leads.get(j.number, [])) for j, r in pairs]
    return tuple(sentence for sentence in sentences if sentence)
