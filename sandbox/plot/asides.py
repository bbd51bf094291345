"""What happens beside the plot: what looks like a touch and is none, slips of the CRM, broken rules."""

from sandbox.instants import DAY, HOUR, MINUTE, SECOND
from sandbox.plot.handoff import inbound_call
from sandbox.plot.outreach import add, call_details, rep_at
from sandbox.plot.world import World
from sandbox.staff import MARKETERS, Owner
from sandbox.story import CONTACT, MQL, SQL, Dated, Engagement, Lead, Noise


def decorate(world: World, lead: Lead) -> None:
    """Add the asides of a life that is written to its end."""
    lead.first_value = "other" if lead.moves[0].stage == CONTACT and world.pen.chance(0.3) else None
    _slip(world, lead)
    reached = next((move.at for move in lead.moves if move.stage >= MQL), None)
    if reached is not None:
        _look_alikes(world, lead, reached)
    _lose_reach(world, lead, reached)


def _slip(world: World, lead: Lead) -> None:
    """Lifecycle values that change no stage: a partner programme, an import that repeats what was there."""
    pen, chance = world.pen, world.pen.random()
    move = lead.moves[-1]
    if chance < 0.012:
        lead.noise.append(Noise(move.at + pen.wait(5 * DAY) + HOUR, "partner"))
    elif chance < 0.03:
        lead.noise.append(Noise(move.at + pen.wait(2 * DAY) + HOUR, "same"))
    elif chance < 0.05 and move.stage == CONTACT:
        lead.noise.append(Noise(move.at + pen.wait(2 * DAY) + HOUR, "other"))
    elif chance < 0.054:
        lead.noise.append(Noise(move.at + pen.wait(2 * DAY) + HOUR, ""))


def _look_alikes(world: World, lead: Lead, at: int) -> None:
    pen = world.pen
    rep = rep_at(lead, at + HOUR, None)
    if pen.chance(0.12):
        _mail(world, lead, at - pen.wait(DAY) % (at - lead.created_at + 1), MARKETERS[pen.below(2)], {})
    if pen.chance(0.25):
        sequence = {"hs_sequence_id": str(9000 + pen.below(20)), "hs_email_sent_via": "SEQUENCE"}
        for n in range(1 + pen.below(3)):
            _mail(world, lead, at + 5 * MINUTE + n * 2 * DAY, rep, sequence)
    if pen.chance(0.15):
        _mail(world, lead, at + pen.wait(DAY), rep, {"hs_email_direction": "INCOMING_EMAIL"})
    if pen.chance(0.06):
        inbound_call(world, lead, at + pen.wait(DAY), rep)
    _failures(world, lead, at, rep)
    if pen.chance(0.1):
        add(
            world,
            Engagement(
                "notes", at + HOUR, at + HOUR, rep, [lead], None, {"hs_note_body": "Looks promising"}, []
            ),
        )
    if pen.chance(0.15):
        task = {"hs_task_status": "NOT_STARTED", "hs_task_subject": "Call back"}
        add(world, Engagement("tasks", at + 2 * DAY, at + MINUTE, rep, [lead], None, task, []))


def _failures(world: World, lead: Lead, at: int, rep: Owner | None) -> None:
    pen = world.pen
    if pen.chance(0.05):
        _mail(
            world, lead, at + pen.wait(3 * HOUR), rep, {"hs_email_status": pen.one_of(("BOUNCED", "FAILED"))}
        )
    if pen.chance(0.03):
        _mail(world, lead, at + pen.wait(DAY), rep, {"hs_email_direction": "FORWARDED_EMAIL"})
    if pen.chance(0.06):
        details = call_details(world, pen.one_of(("FAILED", "CANCELED")), "OUTBOUND")
        when = at + pen.wait(3 * HOUR)
        add(world, Engagement("calls", when, when, rep, [lead], None, details, []))
    if pen.chance(0.03):
        when = at + pen.wait(DAY)
        details = call_details(world, "COMPLETED", "OUTBOUND")
        add(world, Engagement("calls", when, when + SECOND, MARKETERS[0], [lead], None, details, []))


def _mail(world: World, lead: Lead, at: int, owner: Owner | None, other: dict[str, str]) -> None:
    details = {"hs_email_direction": "EMAIL", "hs_email_status": "SENT", "hs_email_subject": "Hello"} | other
    add(world, Engagement("emails", at, at, owner, [lead], None, details, []))


def _lose_reach(world: World, lead: Lead, reached: int | None) -> None:
    """Some contacts can be reached in no way; of qualified ones only every 150th, and never staff."""
    if lead.is_staff:
        return
    gone = world.pen.chance(0.006) if reached is None else world.is_the_rare_one("mql_reachable", reached)
    if gone:
        lead.email, lead.phone = None, None
    elif lead.phone and world.pen.chance(0.02):
        lead.email = None


def settle_scores(world: World, lead: Lead) -> None:
    """Scores move a little after the sale, never across the bars of the agreement."""
    if any(move.stage == SQL for move in lead.moves) and world.pen.chance(0.1):
        last = lead.scores[-1]
        lead.scores.append(Dated(last.at + 9 * DAY, f"{last.value}.5"))
