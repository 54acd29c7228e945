"""Give the law with the municipality's approved figures (kommunens egne tal), and the municipality itself."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.domain.law.facts import SITUATIONS
from jobcenter_mentor.domain.law.law import Law, LawReading, Parameter, Source, Value
from jobcenter_mentor.domain.law.law import LocalFigureValue as ApprovedFigure
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.models import LocalFigure, LocalReading, Municipality


class Stated(NamedTuple):
    """A figure or a reading of the municipality in force, as the law is made of it (kommunens eget tal, læsning)."""

    kind: str
    name: str
    valid_from: date
    value: str


def _stated(day: date | None = None) -> Select[tuple[str, str, date, str]]:
    """Return the approved figures and readings, those approved by a day where one is named, in order."""
    parts: list[Any] = []
    for kind, model, name, value in (
        ("figure", LocalFigure, LocalFigure.name, LocalFigure.value),
        ("reading", LocalReading, LocalReading.point, LocalReading.wording),
    ):
        approved = model.approved_on.is_not(None) if day is None else model.approved_on <= day
        told = (literal(kind).label("kind"), model.id, name.label("name"), model.valid_from, value.label("value"))
        parts.append(select(*told).where(approved))
    both = union_all(*parts).subquery()
    return select(both.c.kind, both.c.name, both.c.valid_from, both.c.value).order_by(both.c.kind, both.c.id)


STATED = _stated()


def law(session: Session) -> Law:
    """Return the law with the figures and readings that two persons of the municipality have put in force.

    They are read each time by one statement; the same ones give the same law, with all it has looked up. So it is right
    in every process and after a rollback, and no page builds a law.
    """
    return _with_stated(tuple(Stated._make(row) for row in session.execute(STATED)))


def law_known_on(session: Session, day: date) -> Law:
    """Return the law with the figures and readings approved by that day: what somebody who decided then could know."""
    return _with_stated(tuple(Stated._make(row) for row in session.execute(_stated(day))))


@lru_cache(maxsize=32)
def _with_stated(rows: tuple[Stated, ...]) -> Law:
    """Lay figures and readings over the national law; without any it is the national law itself."""
    national = loader.law()
    if not rows:
        return national
    figures = national.with_figures(as_figure(national, one) for one in rows if one.kind == "figure")
    return figures.with_readings(
        LawReading(one.name, one.valid_from, one.value) for one in rows if one.kind == "reading"
    )


@dataclass(frozen=True)
class FigureInForce:
    """A figure in force on a day (tal i kraft), with its source and authority (law, order, guidance, local)."""

    name: str
    label: str
    about: str
    value: Value
    unit: str
    authority: str
    source: Source
    checked_on: date

    @property
    def shown(self) -> str:
        """Return the figure in Danish, with its unit."""
        if self.name.startswith("group.") and isinstance(self.value, tuple):
            return groups_words(self.value)
        return figure_words(self.value, self.unit)


def figure_words(value: Value | None, unit: str) -> str:
    """Return a figure in Danish with its unit, never the bare øre, codes or decimals it is stored as."""
    if unit == "yes/no":
        return "Ja" if value is True else "Nej"
    if unit in IN_ORE and isinstance(value, int):
        return f"{format_kroner(value)} kr.{'/time' if unit == 'øre/hour' else ''}"
    if unit in OF_GROUPS and isinstance(value, tuple):
        employed = ["beskæftigede"] if 0 in value else []
        return " og ".join([*([numbers_words(value)] if any(value) else []), *employed]) or "Ingen"
    if isinstance(value, tuple):
        words = MENTOR_TYPES | SITUATIONS
        return ", ".join(str(words.get(str(one), one)) for one in value) or "Ingen"
    if unit == "share" and isinstance(value, Decimal):
        return f"{value * 100:f} %".replace(".00", "")
    one, many = DANISH_UNITS.get(unit, ("", ""))
    return f"{WAYS.get(str(value), value)} {one if value == 1 else many}".strip()


def numbers_words(numbers: Iterable[int | str]) -> str:
    """Say target groups as the act does: nr. 3-10, 12 og 13; the employed have no number."""
    runs: list[list[int]] = []
    for number in sorted(int(number) for number in numbers if number):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [part for run in runs for part in ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run))]
    return f"nr. {', '.join(words[:-1])} og {words[-1]}" if len(words) > 1 else f"nr. {''.join(words)}"


def groups_words(rows: Iterable[int | str]) -> str:
    """Say the table of a benefit: visitation and number, and that of those under 30 without an education."""
    said = []
    for row in rows:
        visitation, *numbers = str(row).split()
        older, younger = (numbers * 2)[:2]
        name = "" if visitation == "alle" else f"{VISITATIONS[visitation].lower()}: "
        if older == younger:
            said.append(f"{name}{_number(older)}")
        elif younger == "-":
            said.append(f"{name}{_number(older)} (ikke under 30 år uden uddannelse)")
        elif older == "-":
            said.append(f"{name}{_number(younger)} (under 30 år uden uddannelse)")
        else:
            said.append(f"{name}{_number(older)} (under 30 år uden uddannelse: {_number(younger)})")
    return "; ".join(said)


def _number(number: str) -> str:
    return {"-": "ingen målgruppe", "0": "ingen målgruppe"}.get(number, f"nr. {number}")


def proposed_words(chosen: Law, row: LocalFigure) -> str:
    """Return the municipality's own figure (kommunens eget tal) in Danish, as it was proposed."""
    return figure_words(as_figure(chosen, row).value, chosen.parameter(row.name).unit)


OF_GROUPS = {"group numbers"}
IN_ORE = {"øre", "øre/hour", "øre/person"}
DANISH_UNITS = {
    "years": ("år", "år"),
    "percent": ("%", "%"),
    "days": ("dag", "dage"),
    "working days": ("arbejdsdag", "arbejdsdage"),
    "weeks": ("uge", "uger"),
    "months": ("måned", "måneder"),
    "hours/week": ("time/uge", "timer/uge"),
    "times": ("gang", "gange"),
    "full-time persons": ("fuldtidsperson", "fuldtidspersoner"),
}
WAYS = {
    "mentor_2014": "Mentorrammen",
    "unemployment": "Rammen for ledige",
    "other_groups": "Rammen for øvrige grupper",
    "none_unlimited": "Refusion uden ramme",
    "no_reimbursement": "Uden refusion",
}
"""Ways to be refunded, by code: values of figures."""


def figures_in_force(chosen: Law, day: date) -> list[FigureInForce]:
    """Return all figures with a value that day, national and local; those without one are left out."""
    figures = []
    for name in chosen.names():
        parameter = chosen.parameter(name)
        with suppress(NotInForce):
            value, source = parameter.on(day)
            figures.append(
                FigureInForce(
                    name,
                    parameter.label,
                    parameter.about,
                    value,
                    parameter.unit,
                    parameter.authority,
                    source,
                    parameter.checked_on,
                )
            )
    return figures


def get_municipality(session: Session) -> Municipality:
    """Return the municipality of this installation; a nameless one before it is set up."""
    found = session.scalar(select(Municipality))
    return found or Municipality(name="Kommunen", jobcentre="Jobcentret", address="", phone="", email="")


def as_figure(national: Law, row: LocalFigure | Stated) -> ApprovedFigure:
    """Return a row's text as the kind of value that its parameter has in the law."""
    parameter = national.parameter(row.name)
    value: Value = row.value == "ja" if parameter.unit == "yes/no" else Decimal(row.value)
    if isinstance(value, Decimal) and value == int(value):
        value = int(value)
    return ApprovedFigure(row.name, row.valid_from, value, Source("Kommunens egen beslutning", "", ""))


def figure_value(parameter: Parameter, number: str) -> int | None:
    """Read a figure in the parameter's unit; kroner become øre. None for no whole figure, ValueError for none."""
    try:
        read = Decimal(number)
    except InvalidOperation as error:
        raise ValueError(number) from error
    if parameter.unit in IN_ORE:
        read *= 100
    return int(read) if read.is_finite() and read == int(read) else None


def shown_figure(chosen: Law, row: LocalFigure) -> tuple[str, str, str]:
    """Return a proposed figure in words: its label, its value on the day it would begin, and as proposed."""
    parameter = chosen.parameter(row.name)
    now = next((figure.shown for figure in figures_in_force(chosen, row.valid_from) if figure.name == row.name), "")
    changed = chosen.with_figures([as_figure(chosen, row)])
    then = next(figure.shown for figure in figures_in_force(changed, row.valid_from) if figure.name == row.name)
    return parameter.label, now or "Ikke fastsat", then


@dataclass(frozen=True)
class Difference:
    """The difference of a figure between two days (forskel), with its value and source on each; None if not set."""

    label: str
    authority: str
    before: FigureInForce | None
    after: FigureInForce | None


def differences(chosen: Law, first: date, second: date) -> list[Difference]:
    """Return what has changed between two days, figure by figure; those that are the same are left out."""
    before, after = ({figure.name: figure for figure in figures_in_force(chosen, day)} for day in (first, second))
    found = []
    for name in chosen.names():
        was, now = before.get(name), after.get(name)
        if (was and (was.value, was.source)) != (now and (now.value, now.source)):
            parameter = chosen.parameter(name)
            found.append(Difference(parameter.label, parameter.authority, was, now))
    return found
