"""Surveys, pursuits and trainings, written after the story, with a pen of their own: it stays as it was."""

from collections.abc import Sequence
from operator import attrgetter

from sandbox.instants import DAY, HOUR, MINUTE, SECOND
from sandbox.plot.pen import Odds, Pen
from sandbox.plot.world import World
from sandbox.sidelines import Pursuit, Survey, Training
from sandbox.story import CUSTOMER, MQL, PROMOTER, SQL, Dated, Lead

FIRST_SURVEY = 60_000_000_001
FIRST_PURSUIT = 50_000_000_001
FIRST_TRAINING = 20_000_000_001
_SCORES: Odds[int] = Odds({8: 30, 7: 28, 6: 14, 5: 10, 4: 6, 3: 5, 2: 3, 1: 2, 0: 2})
_COMMENTS = ("", "Easy to work with.", "Support was slow this time.", "Great onboarding!\nThanks to all.")
_COURSES = ("Getting started", "Reporting", "Automation", "Administration")


def follow(world: World, seed: int) -> None:
    """Write them all, in the order of creation, and number them."""
    pen = Pen(seed * 2 + 1)
    for lead in world.leads:
        customer_at = next((move.at for move in lead.moves if move.stage == CUSTOMER), None)
        _pursue(world, pen, lead)
        if customer_at is not None:
            _survey(world, pen, lead, customer_at)
            _train(world, pen, lead, customer_at)
    for written in (world.surveys, world.pursuits, world.trainings):
        written.sort(key=attrgetter("created_at"))
    _number(world.surveys, FIRST_SURVEY, 5)
    _number(world.pursuits, FIRST_PURSUIT, 3)
    _number(world.trainings, FIRST_TRAINING, 13)


def _number(subjects: Sequence[Survey | Pursuit | Training], first: int, step: int) -> None:
    for n, subject in enumerate(subjects):
        subject.id = first + step * n


def _survey(world: World, pen: Pen, lead: Lead, customer_at: int) -> None:
    """A promoter became one by giving a 9 or a 10 within the hour before; nobody else ever gives that."""
    promoted_at = next((move.at for move in lead.moves if move.stage == PROMOTER), None)
    if promoted_at is not None:
        asked = Survey(lead, promoted_at - pen.below(HOUR), "NPS", 9 + pen.below(2), pen.one_of(_COMMENTS))
        _keep(world, asked)
    elif pen.chance(0.5):
        at = customer_at + 20 * DAY + pen.wait(10 * DAY)
        _keep(world, Survey(lead, at, "NPS", pen.draw(_SCORES), pen.one_of(_COMMENTS)))
    if pen.chance(0.2):
        at = customer_at + pen.wait(60 * DAY)
        _keep(world, Survey(lead, at, "CSAT", 1 + pen.below(7), ""))


def _keep(world: World, survey: Survey) -> None:
    world.surveys.append(survey)
    survey.lead.surveys = (*survey.lead.surveys, survey)


def _pursue(world: World, pen: Pen, lead: Lead) -> None:
    """One pursuit for each handoff; it ends when the lead moves on, or back."""
    for n, move in enumerate(lead.moves):
        before = lead.moves[n - 1].stage if n else -1
        if move.stage != MQL or before > MQL:
            continue
        at = move.at + pen.below(30 * SECOND)
        stages = [Dated(at, "new-stage-id")]
        following = lead.moves[n + 1] if n + 1 < len(lead.moves) else None
        tried = min((e.logged_at for e in lead.engagements if e.medium and e.logged_at > at), default=None)
        if tried is not None and (following is None or tried < following.at):
            stages.append(Dated(tried, "attempting-stage-id"))
        if following is not None:
            won = following.stage >= SQL
            end = max(at, following.at)
            stages.append(Dated(end, "qualified-stage-id" if won else "unqualified-stage-id"))
        owners = [each for each in lead.owners if following is None or each.at <= following.at]
        pursuit = Pursuit(lead, at, bool(lead.pursuits), stages, owners)
        world.pursuits.append(pursuit)
        lead.pursuits = (*lead.pursuits, pursuit)


def _train(world: World, pen: Pen, lead: Lead, customer_at: int) -> None:
    if not pen.chance(0.3):
        return
    at = customer_at + pen.wait(15 * DAY) + MINUTE
    training = Training(
        lead=lead,
        created_at=at,
        name=pen.one_of(_COURSES),
        starts_at=at + 7 * DAY + pen.wait(20 * DAY),
        seats=1 + pen.below(12),
        fee=pen.between(10_000, 500_000),
        paid_at=at + pen.wait(12 * DAY) if pen.chance(0.8) else None,
    )
    world.trainings.append(training)
    lead.trainings = (*lead.trainings, training)
