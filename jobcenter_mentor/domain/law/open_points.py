"""The open points of the law (det, vi ikke ved): their days, what they touch and what would settle them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.domain.law.law import LawOfDay, LawReading

_STILL = r"(?:(?:stadig|stadigvæk|fortsat|også|derfor|både|altid) )*"
CLAIMS_A_RIGHT = re.compile(
    rf"\b(?:(?:du|borgeren) (?:har|får|bevarer|beholder)|(?:har|får|bevarer|beholder) (?:du|borgeren)) {_STILL}"
    r"(?:din |en |sin )?ret(?:ten)?\b(?! til at klage)"
    rf"|(?<!\bom )\b(?:(?:din|borgerens) ret|retten)(?: til (?:en )?mentor(?:støtte)?)? "
    rf"{_STILL}(?:består|gælder|fortsætter)",
    re.I,
)
"""Words that give the citizen a right to the mentor."""


@dataclass(frozen=True)
class OpenPoint:
    """A point of law without a known answer (åbent punkt); its answer is "not known", never a guess.

    `last` is None where it goes on. `warning` is the code of the warning in an assessment that meets the point, `rules`
    the findings it leaves unanswered, `figures` those without a value because of it. `decides_support` tells whether it
    can change who gets support and for how long; the others change only money or the handling of complaints.
    `right_stands` tells that the right itself is known though the point is open: otherwise a letter grants as an offer.
    """

    code: str
    question: str
    section: str
    settled_by: str
    first: date
    last: date | None
    decides_support: bool
    warning: str = ""
    rules: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    right_stands: bool = False

    def is_open(self, day: date) -> bool:
        """Tell whether the point is open on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


_POINTS = (
    OpenPoint(
        "education_2010",
        "Hvilken dag begyndte muligheden for mentor til ordinær uddannelse for borgere under 30 år?",
        "LAB § 78, stk. 2",
        "Ikrafttrædelsen i lov nr. 431 af 28. april 2010. Reglen står ikke i LBK 1428/2009, men i LBK 710/2011.",
        date(2010, 4, 28),
        date(2011, 6, 22),
        True,
        warning="education_2010_unconfirmed",
        rules=("lab2013.s78.education",),
        figures=("mentor.education_most_age",),
    ),
    OpenPoint(
        "agreement_2013",
        "Hvilken dag kom kravet om en skriftlig aftale på højst 6 måneder?",
        "LAB § 78, stk. 3",
        "Ikrafttrædelsen i den lov, der satte stykket ind. Det står ikke i LBK 706/2012, men i LBK 415/2013.",
        date(2013, 1, 1),
        date(2013, 4, 23),
        True,
        warning="agreement_2013_unconfirmed",
        rules=("lab2013.duration",),
        figures=("mentor.longest_period_months", "agreement.items"),
    ),
    OpenPoint(
        "education_right_2020",
        "Hvilken dag kom retten til mentor ved optagelse på en uddannelse?",
        "LAB § 167, stk. 3",
        "Ikrafttrædelsen i den lov, der satte stykket ind. Det står ikke i lov 548/2019, men i LBK 701/2022.",
        date(2020, 1, 2),
        date(2022, 5, 21),
        True,
        warning="education_right_2020_unconfirmed",
        rules=("lab2020.s167.3",),
        figures=("mentor.education_right_groups", "mentor.education_right_months"),
    ),
    OpenPoint(
        "discharge_late_start",
        "Består retten ved udskrivning, når støtten først begynder mere end 3 måneder efter udskrivningen?",
        "LAB § 31 b, stk. 2, fra 2020 § 167, stk. 2",
        "En afgørelse fra Ankestyrelsen eller en vejledning. Loven nævner kun 3 måneder før og mindst 6 måneder i alt.",
        date(2014, 1, 1),
        None,
        True,
        warning="psychiatric_late_start_unconfirmed",
        rules=("lab2014.s31b.psych.right", "lab2020.s167.2"),
    ),
    OpenPoint(
        "discharge_purpose_2023",
        "Hvilken dag kom kravet om, at mentoren ved udskrivning skal have samme formål som efter stk. 1?",
        "LAB § 167, stk. 2",
        "Ikrafttrædelsen i lov nr. 295 af 20. marts 2023. Ordene står i LBK 280/2024.",
        date(2023, 3, 20),
        date(2024, 2, 29),
        True,
        warning="discharge_purpose_2023_unconfirmed",
        right_stands=True,
        rules=("lab2023.s167.2",),
    ),
    OpenPoint(
        "act_2027",
        "Hvad siger loven fra 2027?",
        "Ny hovedlov",
        "Loven, når den er vedtaget og kundgjort.",
        date(2027, 1, 1),
        None,
        True,
        warning="new_act_2027_expected",
        rules=("lab2027.act",),
        figures=(
            "mentor.law",
            "reimbursement.rate",
            "reimbursement.groups_without",
            "reimbursement.groups_outside_frame",
            "reimbursement.refugee_groups",
            "reimbursement.spending_boundary",
        ),
    ),
    OpenPoint(
        "refund_2010",
        "Blev mentorudgiften refunderet for målgruppe 7 (fleksjob) og målgruppe 9 (unge under 18)?",
        "LAB §§ 117 b-122",
        "En kontering eller vejledning fra 2010. § 121, stk. 3, i LBK 1428/2009 nævner ikke mentor; LBK 710/2011 gør.",
        date(2010, 1, 1),
        date(2011, 6, 22),
        False,
        warning="refund_2010_unconfirmed",
        rules=("lab2013.refund",),
    ),
    OpenPoint(
        "group_before_2014",
        "Hvordan læses en aftales målgruppe fra før 2014 efter de nye numre?",
        "LAB § 2",
        "En overgangsregel i lov nr. 895 af 4. juli 2013; der er kun læst de indsatte stykker.",
        date(2014, 1, 1),
        date(2014, 12, 31),
        False,
        warning="group_before_2014_unconfirmed",
    ),
    OpenPoint(
        "frames_2014",
        "Hvor stor var rammen til mentorstøtte i hver kommune i 2014 og 2015?",
        "LAB § 121 a, stk. 2",
        "Ministeriets udmelding til kommunen. Den indtastes under Rammen af to personer.",
        date(2014, 1, 1),
        date(2015, 12, 31),
        False,
    ),
    OpenPoint(
        "account_2014",
        "Hvilken gruppering under 5.68.98 hører mentorrammen til?",
        "Budget- og regnskabssystem for kommuner",
        "Kontoplanen for 2014 og 2015.",
        date(2014, 1, 1),
        date(2015, 12, 31),
        False,
        figures=("reimbursement.account.mentor_2014",),
    ),
    OpenPoint(
        "ceilings_2016",
        "Hvor store var driftslofterne i 2016 og 2017?",
        "LAB § 118, stk. 6, og § 118 a, stk. 3",
        "Finanslovene eller vejledningen om satser for 2016 og 2017. Kommunen indtaster selv tallet.",
        date(2016, 1, 1),
        date(2017, 12, 31),
        False,
        figures=("reimbursement.ceiling_unemployment", "reimbursement.ceiling_other_groups"),
    ),
    OpenPoint(
        "ceiling_2019",
        "Hvor stort var driftsloftet for ledige i 2019?",
        "LAB § 118",
        "Vejledningen om satser for 2019.",
        date(2019, 1, 1),
        date(2019, 12, 31),
        False,
        figures=("reimbursement.ceiling_unemployment",),
    ),
    OpenPoint(
        "refund_2025",
        "Er § 197, nr. 1, ændret af lov nr. 1750 af 2025?",
        "LAB § 197, nr. 1",
        "Ændringerne af § 197 i lov nr. 1750 af 29. december 2025, punkt for punkt.",
        date(2025, 1, 1),
        None,
        False,
        warning="refund_2025_check",
        rules=("lab2025.s197",),
    ),
    OpenPoint(
        "complaints_2015",
        "Hvad sagde bekendtgørelserne om klager, der kommer for sent, om besked og om korte frister?",
        "Bekendtgørelse om retssikkerhed og administration på det sociale område",
        "De bekendtgørelser, der kom mellem BEK 1221/2014 og BEK 306/2024. Den sidst læste bruges indtil da.",
        date(2015, 1, 1),
        date(2024, 3, 21),
        False,
    ),
    OpenPoint(
        "guidance_2023",
        "Siger ministeriets vejledning noget om mentorstøtte, som ikke står i loven?",
        "VEJ nr. 9204 af 2023",
        "Vejledningens tekst. Den binder ikke borgeren og ændrer ikke loven.",
        date(2023, 1, 1),
        None,
        False,
    ),
)
OPEN_POINTS: dict[str, OpenPoint] = {point.code: point for point in _POINTS}
"""Every open point by its code; those that can change the support come first."""


def met_by(warnings: Collection[str]) -> tuple[OpenPoint, ...]:
    """Return the open points of an assessment, by the codes of its warnings."""
    return tuple(point for point in _POINTS if point.warning and point.warning in warnings)


def open_on(day: date) -> tuple[OpenPoint, ...]:
    """Return the points that are open on a day."""
    return tuple(point for point in _POINTS if point.is_open(day))


def readable() -> tuple[OpenPoint, ...]:
    """Return the points a municipality may state a reading of: they change the support and have a law to read."""
    return tuple(point for point in _POINTS if point.decides_support and "mentor.law" not in point.figures)


@dataclass(frozen=True)
class PointInCase:
    """An open point that a decision rests on, with the municipality's reading; None until it has stated one."""

    point: OpenPoint
    reading: LawReading | None


def rested_on(warnings: Collection[str], law: LawOfDay) -> tuple[PointInCase, ...]:
    """Return the open points that a decision of the day rests on; those of refund alone don't count."""
    return tuple(PointInCase(point, law.reading(point.code)) for point in met_by(warnings) if point.decides_support)
