"""The target groups (målgrupper): benefits, visitation, the numbers of LAB § 2 and from 2020 § 6, and mentor types."""

from __future__ import annotations

from datetime import date

from jobcenter_mentor.domain.kernel.change_days import (
    EDUCATION_BENEFIT_FROM,
    JOBAFKLARING_FROM,
    ONE_CASH_BENEFIT_FROM,
    SECTION_6_FROM,
)
from jobcenter_mentor.domain.kernel.errors import DomainError

BENEFITS = {
    "kontanthjaelp": "Kontanthjælp",
    "uddannelseshjaelp": "Uddannelseshjælp",
    "sygedagpenge": "Sygedagpenge",
    "ressourceforloeb": "Ressourceforløb",
    "jobafklaring": "Jobafklaring",
    "ledighedsydelse": "Ledighedsydelse",
    "dagpenge": "Dagpenge",
    "revalidering": "Revalidering",
    "selvforsoergende": "Selvforsørgende",
    "beskaeftiget": "Beskæftiget",
    "fleksjob": "Fleksjob",
    "foertidspension": "Førtidspension",
    "nyuddannet_handicap": "Nyuddannet med handicap",
    "under_18": "Under 18",
    "su": "SU",
    "integrationsydelse": "Integrationsydelse",
    "overgangsydelse": "Overgangsydelse",
    "selvforsoergelses_hjemrejseydelse": "Selvforsørgelses- og hjemrejseydelse",
}
"""Every benefit of any day from 2010 on; `rules/parameters/group/` gives the days on which each existed."""

VISITATIONS = {
    "jobparat": "Jobparat",
    "aktivitetsparat": "Aktivitetsparat",
    "uddannelsesparat": "Uddannelsesparat",
    "aabenlyst_uddannelsesparat": "Åbenlyst uddannelsesparat",
    "match1": "Matchgruppe 1",
    "match2": "Matchgruppe 2",
    "match3": "Matchgruppe 3",
    "sygemeldt": "Sygemeldt",
}

GROUPS = {
    0: "Beskæftiget, uden for målgrupperne",
    1: "Dagpengemodtager",
    2: "Jobparat kontanthjælpsmodtager",
    3: "Aktivitetsparat kontanthjælpsmodtager",
    4: "Revalidend",
    5: "Sygedagpengemodtager",
    6: "Førtidspensionist",
    7: "Visiteret til fleksjob",
    8: "Nyuddannet med handicap",
    9: "Ung under 18 år",
    10: "Selvforsørgende",
    11: "Borger i ressourceforløb",
    12: "Uddannelsesparat uddannelseshjælpsmodtager",
    13: "Aktivitetsparat uddannelseshjælpsmodtager",
    14: "Borger i jobafklaringsforløb",
}

GROUPS_2020 = {
    0: "Beskæftiget, uden for målgrupperne",
    1: "Dagpengemodtager",
    2: "Jobparat kontanthjælpsmodtager",
    3: "Aktivitetsparat kontanthjælpsmodtager",
    4: "Uddannelsesparat uddannelseshjælpsmodtager",
    5: "Aktivitetsparat uddannelseshjælpsmodtager",
    6: "Sygedagpengemodtager",
    7: "Borger i jobafklaringsforløb",
    8: "Borger i ressourceforløb",
    9: "Visiteret til fleksjob",
    10: "Revalidend",
    11: "Førtidspensionist",
    12: "Selvforsørgende",
    13: "Ung under 18 år",
}
"""LAB § 6 from 2020."""
GROUPS_2025 = GROUPS_2020 | {
    4: "Uddannelsesparat under 30 år uden uddannelse",
    5: "Aktivitetsparat under 30 år uden uddannelse",
}
"""LAB § 6 from 1 July 2025, when education benefit (uddannelseshjælp) ended."""

TO_2020 = {0: 0, 1: 1, 2: 2, 3: 3, 12: 4, 13: 5, 5: 6, 14: 7, 11: 8, 7: 9, 4: 10, 6: 11, 10: 12, 9: 13}
FROM_2020 = {new: old for old, new in TO_2020.items()}

MENTOR_TYPES = {
    "INT": "Intern social mentor",
    "VIRK": "Virksomhedsmentor",
    "EKST": "Ekstern leverandør",
    "BOST": "Bostøttementor",
    "VKON": "Virksomhedskonsulent med mentoropgave",
    "UDD": "Uddannelsesmentor",
    "SAGS": "Sagsbehandler med mentoropgave",
    "TILB": "Mentor på et tilbud",
    "HONO": "Selvstændig honorarlønnet mentor",
    "FRIV": "Frivillig mentor",
}

MENTOR_TYPE_ALIASES = {
    "Intern (INT)": "INT",
    "Virksomhed (VIRK)": "VIRK",
    "Leverandør (EKST)": "EKST",
    "Frivillig (FRIV)": "FRIV",
}

_FITTING = {
    0: frozenset({None, "sygemeldt"}),
    1: frozenset({None, "jobparat"}),
    2: frozenset({None, "jobparat"}),
    3: frozenset({None, "aktivitetsparat"}),
    12: frozenset({None, "uddannelsesparat", "aabenlyst_uddannelsesparat"}),
    13: frozenset({None, "aktivitetsparat"}),
}
_FITTING_2020 = {
    **{number: _FITTING[number] for number in (0, 1, 2, 3)},
    4: _FITTING[12],
    5: _FITTING[13],
}
_FITTING_2013 = {
    2: frozenset({None, "jobparat", "match1"}),
    3: frozenset({None, "aktivitetsparat", "match2", "match3"}),
}


def groups_on(day: date) -> dict[int, str]:
    """Return the target groups of a day by number: LAB § 6 from 2020, § 2 before.

    Groups 12-13 begin in 2014, group 14 on 1 July 2014.
    """
    if day >= ONE_CASH_BENEFIT_FROM:
        return GROUPS_2025
    if day >= SECTION_6_FROM:
        return GROUPS_2020
    if day >= JOBAFKLARING_FROM:
        return GROUPS
    if day >= EDUCATION_BENEFIT_FROM:
        return {number: name for number, name in GROUPS.items() if number != 14}
    return {number: name for number, name in GROUPS.items() if number < 12}


def number_on(group: int, given_on: date, wanted_on: date) -> int | None:
    """Return a group's number under the law of another day (§ 2 to § 6 and back); None where there is none."""
    if (given_on >= SECTION_6_FROM) == (wanted_on >= SECTION_6_FROM):
        return group
    return (TO_2020 if wanted_on >= SECTION_6_FROM else FROM_2020).get(group)


def fits(group: int, visitation: str | None, day: date = EDUCATION_BENEFIT_FROM) -> bool:
    """Tell whether the visitation fits the group on that day.

    No visitation always fits; match groups are from before 2014.
    """
    if day < EDUCATION_BENEFIT_FROM:
        return group not in _FITTING_2013 or visitation in _FITTING_2013[group]
    fitting = _FITTING_2020 if day >= SECTION_6_FROM else _FITTING
    if group in fitting:
        return visitation in fitting[group]
    return visitation not in ("uddannelsesparat", "aabenlyst_uddannelsesparat")


def in_sentence(name: str) -> str:
    """Return a name as written inside a sentence; abbreviations are unchanged."""
    return name if name.isupper() else name[:1].lower() + name[1:]


def benefit_code(name: str) -> str:
    """Return the code of a Danish benefit name, without regard to case and surrounding space."""
    return _code_of(name, BENEFITS, "Målgruppen")


def visitation_code(name: str) -> str:
    """Return the code of a Danish visitation name, without regard to case and surrounding space."""
    return _code_of(name, VISITATIONS, "Visitationen")


def mentor_type_code(name: str) -> str:
    """Return the code of a mentor type (mentortype) by its code, its Danish name or its name in the sheet."""
    known = {text.casefold(): code for code, text in MENTOR_TYPES.items()}
    known |= {text.casefold(): code for text, code in MENTOR_TYPE_ALIASES.items()}
    known |= {code.casefold(): code for code in MENTOR_TYPES}
    code = known.get(name.strip().casefold())
    if code is None:
        raise DomainError(f"Mentortypen »{name}« kendes ikke. Vælg en fra listen.", code="choice")
    return code


def _code_of(name: str, names: dict[str, str], what: str) -> str:
    wanted = name.strip().casefold()
    for code, text in names.items():
        if wanted in (text.casefold(), code):
            return code
    raise DomainError(f"{what} »{name}« kendes ikke. Vælg en fra listen.", code="choice")
