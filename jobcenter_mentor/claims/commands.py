"""Kommando: `forecast`, the frame of a year in figures and where it is heading."""

from typing import Any

import click

from jobcenter_mentor.claims import cockpit
from jobcenter_mentor.claims.cockpit import Cockpit
from jobcenter_mentor.commandline import at_work, print_json
from jobcenter_mentor.domain.money import format_kroner, to_decimal_string
from jobcenter_mentor.frames.service import FRAME_NAMES


@click.command()
@click.option("--year", type=click.IntRange(2000, 2100), help="Regnskabsår; ellers arbejdsdagens.")
@click.option("--frame", type=click.Choice(list(FRAME_NAMES)), help="Rammen i 2016 til 2019; ellers årets første.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
@click.option("--as", "as_user", help="Brugernavn, kommandoen køres som.")
def forecast(year: int | None, frame: str | None, as_json: bool, as_user: str | None) -> None:
    """Rammen: beløb, bevilget, leveret, faktureret, refusion og det ventede ved årets slut med bånd."""
    with at_work(as_user) as (session, user, today):
        page = cockpit.cockpit(session, year=year or today.year, by=user, on=today, asked=frame)
    if as_json:
        print_json(_document(page))
        return
    for label, ore in _lines(page):
        click.echo(f"{label:<28}{format_kroner(ore) if ore is not None else 'ikke fastsat':>18}")
    day = page.used_up[1]
    if page.frame:
        click.echo(f"Rammen er brugt: {day:%d.%m.%Y}" if day else "Vi forventer, at rammen rækker året ud.")


def _lines(page: Cockpit) -> list[tuple[str, int | None]]:
    """Return the figures in kroner with their Danish names."""
    end, refund = page.at_year_end, page.in_frame
    return [
        (f"Ramme {page.year}", page.frame.amount if page.frame else None),
        ("Bevilget", page.granted),
        ("Leveret", page.delivered),
        ("Faktureret", page.invoiced),
        ("Refusion", refund.refund if refund else 0),
        ("Egen udgift", refund.own_cost if refund else 0),
        ("Forventet ved årets slut", end.middle),
        ("  1 af 10 ligger under", end.low),
        ("  1 af 10 ligger over", end.high),
    ]


def _document(page: Cockpit) -> dict[str, Any]:
    """Return the figures for other programs: DKK as text with two decimals, days as ISO."""
    end, refund = page.at_year_end, page.in_frame
    figures = {
        "frame": page.frame.amount if page.frame else None,
        "granted": page.granted,
        "delivered": page.delivered,
        "invoiced": page.invoiced,
        "refunded": refund.refund if refund else 0,
        "own_cost": refund.own_cost if refund else 0,
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
