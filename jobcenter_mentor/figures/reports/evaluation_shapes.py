"""The tables of the evaluation (tabeller): their groups, who belongs where, and the figures of the whole country."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from jobcenter_mentor.figures.reports import national
from jobcenter_mentor.figures.reports.national import Row
from jobcenter_mentor.figures.reports.statistics import DURATION_ENDS, HOURS_ENDS

UNKNOWN = "Uoplyst"
AGE_ENDS = (15, 19, 24, 29, 34, 39, 44, 49, 54, 59, 64)
BENEFITS = {
    "kontanthjaelp": "Kontant- og uddannelseshjælp",
    "uddannelseshjaelp": "Kontant- og uddannelseshjælp",
    "sygedagpenge": "Sygedagpenge",
    "ressourceforloeb": "Ressourceforløb",
    "jobafklaring": "Andre forsørgelsesydelser",
    "ledighedsydelse": "Ledighedsydelse",
    "dagpenge": "A-dagpenge",
    "revalidering": "Revalidering og forrevalidering",
    "selvforsoergende": "Selvforsørgelse",
    "beskaeftiget": "Selvforsørgelse",
}
"""The row of table 3.1 of each benefit. A benefit registered in the table's own words comes first."""
LAST_MATCHED = 2014
INDIVIDUAL, PLACE = national.FORM


@dataclass(frozen=True)
class Average:
    """A mean and median under a table (gennemsnit og median), of the people's column where it is above `above`."""

    label: str
    median: bool
    column: str
    above: float
    national: Row | None


@dataclass(frozen=True)
class Shape:
    """A table (tabel): its groups, the group of each person, the country's shares, and a note; `form` limits it."""

    code: str
    title: str
    groups: tuple[str, ...]
    group_of: Callable[[pd.DataFrame], Any]
    national: Mapping[str, Row]
    averages: tuple[Average, ...] = ()
    note: str = ""
    form: str | None = None
    until: int | None = None


def _support(people: pd.DataFrame) -> Any:
    registered = people["support"].where(people["support"].isin(list(national.SUPPORT)))
    return registered.fillna(people["benefit"].map(BENEFITS)).fillna(UNKNOWN)


def _match(people: pd.DataFrame) -> Any:
    names = list(national.MATCH_GROUP)
    return people["match_group"].map({number: names[number] for number in (1, 2, 3)}).fillna(names[0])


def _classed(column: str, ends: tuple[int, ...], names: tuple[str, ...]) -> Callable[[pd.DataFrame], Any]:
    return lambda people: np.array(names)[np.searchsorted(ends, people[column].to_numpy())]


AGES, HOURS, DAYS = tuple(national.AGE), tuple(national.HOURS), tuple(national.DURATION)
SHAPES = (
    Shape(
        "3.1",
        "Forsørgelse ved forløbets start",
        (*national.SUPPORT, UNKNOWN),
        _support,
        national.SUPPORT,
        note="Ydelsen den dag, forløbet begynder. Jobafklaring står under andre forsørgelsesydelser. Ansatte uden "
        "ydelse står under selvforsørgelse.",
    ),
    Shape(
        "3.3",
        "Alder ved forløbets start",
        AGES,
        _classed("age", AGE_ENDS, AGES),
        national.AGE,
        (
            Average("Gennemsnit, år", False, "age", -1, national.AGE_MEAN),
            Average("Median, år", True, "age", -1, national.AGE_MEDIAN),
        ),
    ),
    Shape(
        "3.4",
        "Køn",
        (*national.SEX, UNKNOWN),
        lambda people: people["sex"].map({"M": "Mænd", "K": "Kvinder"}).fillna(UNKNOWN),
        national.SEX,
    ),
    Shape(
        "3.7",
        "Matchgruppe",
        tuple(national.MATCH_GROUP),
        _match,
        national.MATCH_GROUP,
        until=LAST_MATCHED,
        note="Matchgruppen ved udgangen af startkvartalet; for forløb fra 2014 den sidste før 2014, hvor "
        "matchgrupperne ophørte. Derfor er år efter 2014 ikke med.",
    ),
    Shape(
        "3.10",
        "Individuel mentor eller pladsmentor",
        (INDIVIDUAL, PLACE),
        lambda people: people["form"].map({"individual": INDIVIDUAL, "place": PLACE}),
        national.FORM,
    ),
    Shape(
        "3.11",
        "Timer om ugen, individuel mentor",
        HOURS,
        _classed("hours", HOURS_ENDS, HOURS),
        national.HOURS,
        (
            Average("Gennemsnit, timer", False, "hours", 0, national.HOURS_MEAN),
            Average("Median, timer", True, "hours", 0, national.HOURS_MEDIAN),
        ),
        note="Timetallet ved forløbets start. Gennemsnit og median er af forløb med timetal.",
        form="individual",
    ),
    Shape(
        "3.12",
        "Timer om ugen, pladsmentor",
        HOURS,
        _classed("hours", HOURS_ENDS, HOURS),
        national.PLACE_HOURS,
        (
            Average("Gennemsnit, timer", False, "hours", 0, national.PLACE_HOURS_MEAN),
            Average("Median, timer", True, "hours", 0, national.PLACE_HOURS_MEDIAN),
        ),
        note="Timetallet ved forløbets start, bevilget til mentorfunktionen og ikke til den enkelte borger. "
        "Gennemsnit og median er af forløb med timetal.",
        form="place",
    ),
    Shape(
        "3.13",
        "Forløbets varighed",
        DAYS,
        _classed("days", DURATION_ENDS, DAYS),
        national.DURATION,
        (
            Average("Gennemsnit, dage", False, "days", 0, national.DURATION_MEAN),
            Average("Median, dage", True, "days", 0, national.DURATION_MEDIAN),
        ),
        note="Delforløb uden dage imellem er ét forløb. Løbende forløb tælles til den planlagte sidste dag.",
    ),
)

NOT_KEPT = (
    ("3.2", "Deltagelse i aktiv indsats", "kræver registret over aktive tilbud, som systemet ikke får"),
    ("3.5", "Herkomst", "herkomst registreres ikke her"),
    ("3.6", "Uddannelse", "kræver Danmarks Statistiks uddannelsesregister"),
    ("3.8", "År på offentlig forsørgelse", "kræver ydelsesregistret fem år tilbage (DREAM)"),
    ("3.9", "Måneder i beskæftigelse", "kræver indkomstregistret fire år tilbage"),
)
"""Tables of the chapter that can't be made: number, title, reason."""
