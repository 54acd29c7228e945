"""Print the frame or the budget of a year and its forecast (kommandoen `forecast`)."""

from typing import Any

import click

from jobcenter_mentor.cli.installation import at_work, print_json
from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.money import format_kroner, to_decimal_string
from jobcenter_mentor.figures.budget import year_figures
from jobcenter_mentor.figures.budget.year_figures import Cockpit
from jobcenter_mentor.platform.access.actor import Actor


@click.command()
@click.option("--year", type=click.IntRange(2000, 2100), help="Regnskabsår; ellers arbejdsdagens.")
@click.option("--frame", type=click.Choice(list(FRAME_NAMES)), help="Rammen i 2016 til 2019; ellers årets første.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
@click.option("--as", "as_user", help="Brugernavn, kommandoen køres som.")
def forecast(year: int | None, frame: str | None, as_json: bool, as_user: str | None) -> None:
    """Ramme eller budget: beløb, bevilget, leveret, faktureret, refusion og det ventede ved årets slut med bånd."""
    with at_work(as_user) as (session, user, today):
        page = year_figures.cockpit(session, year=year or today.year, actor=Actor(user, today), asked=frame)
    if as_json:
        print_json(_document(page))
        return
    for label, ore in _lines(page):
        unknown = "ikke fastsat" if label.endswith(str(page.year)) else "ikke kendt endnu"
        click.echo(f"{label:<28}{format_kroner(ore) if ore is not None else unknown:>18}")
    day, name = page.used_up[1], "rammen" if page.kinds else "budgettet"
    if page.limit is not None:
        last = f"{name.capitalize()} er brugt: {day:%d.%m.%Y}" if day else f"Vi forventer, at {name} rækker året ud."
        click.echo(last)


def _lines(page: Cockpit) -> list[tuple[str, int | None]]:
    """Return the figures in kroner with their Danish names; None is not set or not known."""
    end, (refund, own) = page.at_year_end, _refund(page)
    return [
        (f"{'Ramme' if page.kinds else 'Budget'} {page.year}", page.limit),
        ("Bevilget", page.granted),
        ("Leveret", page.delivered),
        ("Faktureret", page.invoiced),
        ("Refusion", refund),
        ("Egen udgift", own),
        ("Forventet ved årets slut", end.middle),
        ("  1 af 10 ligger under", end.low),
        ("  1 af 10 ligger over", end.high),
    ]


def _refund(page: Cockpit) -> tuple[int | None, int | None]:
    """Return refund and own cost in øre; None where the law of the year is not entered."""
    line = page.in_frame
    if line is None:
        return 0, 0
    return (line.refund, line.own_cost) if line.is_known else (None, None)


def _document(page: Cockpit) -> dict[str, Any]:
    """Return the figures for other programs: DKK as text with two decimals, days as ISO."""
    end, (refund, own) = page.at_year_end, _refund(page)
    figures = {
        "frame": page.frame.amount if page.frame else None,
        "budget": None if page.kinds else page.limit,
        "granted": page.granted,
        "delivered": page.delivered,
        "invoiced": page.invoiced,
        "refunded": refund,
        "own_cost": own,
    }
    band = {"low": end.low, "expected": end.middle, "high": end.high}
    days = dict(zip(("earliest", "expected", "latest"), page.used_up, strict=True))
    return {
        "year": page.year,
        "on": page.on,
        **{name: None if ore is None else to_decimal_string(ore) for name, ore in figures.items()},
        "year_end": {name: to_decimal_string(ore) for name, ore in band.items()} | {"band_percent": 80},
        "used_up": days,
    }
