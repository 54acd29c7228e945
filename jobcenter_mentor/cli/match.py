"""Match the waiting list with the mentor corps (kommandoen `match`)."""

from datetime import datetime
from typing import Any

import click

from jobcenter_mentor.casework.matching import plan_acceptance, waiting_plan
from jobcenter_mentor.casework.matching.plan_acceptance import ShownLine, ShownPlan
from jobcenter_mentor.cli.installation import ISO_DATE, at_work, print_json
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.database.db import Session
from jobcenter_mentor.platform.law_figures import service as rules


@click.command()
@click.option("--on", "day", type=ISO_DATE, help="Dag, planen lægges; ellers arbejdsdagen.")
@click.option("--apply", "apply_", is_flag=True, help="Godkend de linjer, der ikke kræver svar fra et menneske.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
@click.option("--as", "as_user", help="Brugernavn, kommandoen køres som.")
def match(day: datetime | None, apply_: bool, as_json: bool, as_user: str | None) -> None:
    """Ventelisten mod mentorkorpset: forslag, grunde, point og den beviste grænse."""
    with at_work(as_user) as (session, user, today):
        on = day.date() if day is not None else today
        law = rules.law(session)
        plan = waiting_plan.make_plan(session, actor=Actor(user, on), law=law)
        shown = plan_acceptance.get_plan(session, plan.public_id, actor=Actor(user, on))
        left = _apply(session, shown, Actor(user, on)) if apply_ else {}
        document = _document(shown, left, applied=apply_)
    if as_json:
        print_json(document)
        return
    for line in document["proposals"]:
        click.echo(f"{line['case_number']}: {line['mentor']}, {line['points']} point. {' · '.join(line['reasons'])}")
    for line in document["unplaced"]:
        click.echo(f"{line['case_number']}: {line['missing']}")
    click.echo(f"{document['score']} af højst {document['bound']} point ({document['share']} %).")


def _apply(session: Session, shown: ShownPlan, actor: Actor) -> dict[str, str]:
    """Accept each line that nobody has to answer for; return why the others are left, by line."""
    left = {}
    for one in shown.proposed:
        if one.wishes:
            left[one.line.public_id] = "Borgerens ønske skal besvares af et menneske."
            continue
        try:
            with session.begin_nested():
                plan_acceptance.accept_line(session, one.line.public_id, actor=actor, law=rules.law(session))
        except DomainError as error:
            left[one.line.public_id] = str(error)
    return left


def _document(shown: ShownPlan, left: dict[str, str], *, applied: bool) -> dict[str, Any]:
    return {
        "on": shown.plan.made_on.isoformat(),
        "plan": shown.plan.public_id,
        "score": shown.plan.value,
        "bound": shown.plan.bound,
        "share": round(100 * shown.share, 1),
        "proposals": [_proposal(one, left, applied) for one in shown.proposed],
        "unplaced": [{"case_number": one.grant.case_number, "missing": one.line.missing} for one in shown.unplaced],
        "missing": [{"language": name, "minutes": minutes, "citizens": n} for name, minutes, n in shown.missing],
        "bottlenecks": shown.plan.findings.get("bottlenecks", []),
    }


def _proposal(one: ShownLine, left: dict[str, str], applied: bool) -> dict[str, Any]:
    return {
        "case_number": one.grant.case_number,
        "mentor": one.mentor.name if one.mentor is not None else None,
        "minutes_per_week": one.minutes,
        "points": one.line.points,
        "reasons": one.line.reasons,
        "against": one.line.against,
        "runner_up": one.line.runner_up,
        "pinned": one.line.is_pinned,
        "accepted": applied and one.line.public_id not in left,
        "left_because": left.get(one.line.public_id, ""),
    }
