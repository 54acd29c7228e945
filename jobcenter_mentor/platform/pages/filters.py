"""Give the Jinja filters for Danish dates, money, hours, shares and masked CPR, for pages and letters."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

import jinja2
from babel.dates import format_date
from markupsafe import escape

from jobcenter_mentor.domain.kernel.hours import hours_figure, hours_short, hours_words
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.domain.law.facts import SITUATIONS
from jobcenter_mentor.platform.clock import danish
from jobcenter_mentor.platform.pages.charts import bars_of, curve_of, weeks_of

MINUS = "−"

FACT_NAMES = {
    "date": "afgørelsens dag",
    "group": "målgruppe",
    "benefit": "ydelse",
    "has_education": "har uddannelse",
    "visitation": "visitation",
    "can_take_other_offers": "kan deltage i andre tilbud",
    "cannot_because": "grund",
    "first_offer": "første tilbud",
    "age": "alder",
    "situation": "situation",
    "integration_programme": "integrationsprogram",
    "psychiatric_inpatient": "indlagt på psykiatrisk afdeling",
    "discharge_date": "udskrives",
    "education_admission_date": "optaget på uddannelse",
    "education_kind": "uddannelse",
    "single_parent": "enlig forsørger",
    "refugee_full_refund": "flygtning efter § 202",
    "start": "første dag",
    "weeks": "uger",
    "end": "sidste dag",
    "last_day": "sidste dag",
    "hours_per_week": "timer om ugen",
    "minutes_per_week": "minutter om ugen",
    "mentor_type": "mentortype",
    "beyond_normal": "ud over det sædvanlige",
    "decisive": "støtten er afgørende",
    "direct_contact_minutes": "minutter med direkte kontakt",
    "cost": "udgift",
    "hourly_rate": "timepris",
    "cost_excluded": "fratrukket udgift",
    "place_share": "borgere om pladsen",
    "other_offer_start": "andet tilbud begynder",
    "contacts": "kontakter",
    "previous_agreement": "forrige aftale",
    "frame_remaining": "tilbage af rammen",
    "frame": "ramme",
    "agreement_group": "målgruppe i aftalen",
    "previous_end": "forrige aftales sidste dag",
    "least_last_day": "tidligste sidste dag",
    "costs": "udgifter for hver periode",
}

FACT_WORDS = {
    **{code: words[:1].lower() + words[1:] for code, words in (VISITATIONS | MENTOR_TYPES).items()},
    "personal": "personlige forhold",
    "mentor_2014": "mentorrammen",
    "unemployment": "rammen for ledige",
    "other_groups": "rammen for øvrige grupper",
    "none_unlimited": "uden for rammen",
    "no_reimbursement": "ingen refusion",
    "other": "anden grund",
    **SITUATIONS,
    "study_or_job_qualifying": "studie- eller erhvervskompetencegivende",
}

CONFIDENCE = {
    "text": "lovtekst",
    "prep": "bemærkninger",
    "sfi": "evalueringen",
    "sec": "anden kilde",
    "inf": "fortolkning",
    "unconfirmed": "ikke bekræftet",
    "local": "kommunens regel",
}


@lru_cache(maxsize=4096)
def dk_date(day: date | None) -> str:
    """Return a date as 12.03.2014, of a point in time the day in Denmark; empty when there is no day."""
    if day is None:
        return ""
    return (danish(day) if isinstance(day, datetime) else day).strftime("%d.%m.%Y")


def dk_moment(moment: datetime | None) -> str:
    """Return a point in time as 12.03.2014 kl. 14.05, Danish time; empty when there is none."""
    return "" if moment is None else danish(moment).strftime("%d.%m.%Y kl. %H.%M")


def dk_time(moment: datetime | None) -> str:
    """Return a time of day as 14.05, Danish time; empty when there is none."""
    return "" if moment is None else danish(moment).strftime("%H.%M")


def whole(number: int) -> str:
    """Return a whole number as 2.310."""
    return f"{number:,}".replace(",", ".")


def dk_date_short(day: date | None) -> str:
    """Return a date without year as 16.10."""
    return "" if day is None else day.strftime("%d.%m.")


def dk_date_words(day: date | None) -> str:
    """Return a date in words as 5. december 2014."""
    return "" if day is None else str(format_date(day, "d. MMMM y", locale="da"))


def dk_date_long(day: date | None) -> str:
    """Return a date with its weekday as onsdag den 15. oktober 2014."""
    return "" if day is None else str(format_date(day, "EEEE 'den' d. MMMM y", locale="da"))


def month_words(day: date) -> str:
    """Return month and year as oktober 2014."""
    return str(format_date(day, "MMMM y", locale="da"))


def iso_week(day: date) -> str:
    """Return the week as uge 42, after ISO 8601."""
    return f"uge {day.isocalendar().week}"


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", ".")


def kr(oere: int | None) -> str:
    """Return an amount as 1.234,50 kr., from whole øre; empty when there is no amount."""
    return "" if oere is None else f"{amount(oere)} kr."


def amount(oere: int | None) -> str:
    """Return an amount without unit as 1.234,50, from whole øre, for columns that name kroner in the heading."""
    return "" if oere is None else format_kroner(oere).replace("-", MINUS)


def kr_round(oere: int | None) -> str:
    """Return an amount in whole kroner as 15.600 kr., from whole øre, half a krone rounded away from zero."""
    return "" if oere is None else f"{amount_round(oere)} kr."


def amount_round(oere: int | None) -> str:
    """Return an amount in whole kroner as 15.600, from whole øre, half a krone rounded away from zero."""
    if oere is None:
        return ""
    kroner = _whole_kroner(oere)
    return f"{MINUS if kroner < 0 else ''}{_grouped(abs(kroner))}"


def rest(whole: int, part: int) -> int:
    """Return the rest of an amount in øre, in whole kroner: the shown part and the rest make the shown whole."""
    return 100 * (_whole_kroner(whole) - _whole_kroner(part))


def _whole_kroner(oere: int) -> int:
    """Return whole kroner, half a krone rounded away from zero."""
    kroner = (abs(oere) + 50) // 100
    return kroner if oere >= 0 else -kroner


def amount_cells(amounts: Sequence[int], address: str, places: Sequence[object] | None = None) -> str:
    """Return the number cells of a row: whole kroner, each a link to the address with its place; nothing is a bare 0.

    The places count from 1 where none are given.

    The address is escaped, so that the template may take the cells as they are.
    """
    link = escape(address)
    cells = (
        f'<td class="num"><a href="{link}{place}">{amount_round(oere)}</a></td>' if oere else '<td class="num">0</td>'
        for place, oere in zip(places or range(1, len(amounts) + 1), amounts, strict=True)
    )
    return "".join(cells)


def _decimals(number: Decimal, places: int) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, rest = str(abs(rounded)).partition(".")
    return f"{MINUS if rounded < 0 else ''}{_grouped(int(whole))}{',' if rest else ''}{rest}"


@lru_cache(maxsize=4096)
def hours(minutes: int | None) -> str:
    """Return hours (timer) as a bare exact figure: 2, 2,5, 1,75, 50 min."""
    return "" if minutes is None else hours_figure(minutes)


def hours_round(minutes: int, places: int = 0) -> str:
    """Return estimated hours (skøn), rounded half up: a forecast knows no minutes."""
    return _decimals(Decimal(minutes) / 60, places)


def hours_round_words(minutes: int, places: int = 0) -> str:
    """Return estimated hours as a sentence says them: 1 time, 1,5 timer."""
    figure = hours_round(minutes, places)
    return f"{figure} {'time' if figure in {'1', '1,0'} else 'timer'}"


def percent(share: Decimal | float | str | None, places: int = 0) -> str:
    """Return a share of one (0.50) as 50 %, rounded half up."""
    return "" if share is None else f"{_decimals(Decimal(str(share)) * 100, places)} %"


def masked_cpr(cpr: str) -> str:
    """Return a CPR number as 030483-****: the birthday is shown, the serial number never."""
    return f"{cpr.replace('-', '')[:6]}-****"


def initials(name: str) -> str:
    """Return initials as M.J.: the first letters of the first and the last name."""
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(f"{word[0].upper()}." for word in ends)


def ja_nej(answer: object) -> str:
    """Return Ja, Nej or ved ikke for true, false and unknown."""
    return {True: "Ja", False: "Nej"}.get(answer, "ved ikke") if isinstance(answer, bool) else "ved ikke"


def days_left(days: int) -> str:
    """Return the days left in words: 2 dage over, i dag, i morgen, om 6 dage."""
    if days < 0:
        return f"{-days} {'dag' if days == -1 else 'dage'} over"
    return {0: "i dag", 1: "i morgen"}.get(days, f"om {days} dage")


def confidence(code: str) -> str:
    """Return the kind of a source in words: lovtekst, bemærkninger, fortolkning ...; an unknown code as it is."""
    return CONFIDENCE.get(code, code)


def fact_name(name: str) -> str:
    """Return a fact's name in Danish; `citizen.group` is read by its last part, an unknown name is shown as it is."""
    return FACT_NAMES.get(name.rpartition(".")[2], name)


def fact_value(value: object) -> str:
    """Return a fact in words: days as 12.03.2014 (also from ISO), yes and no, codes in Danish, amounts with comma."""
    if value is None:
        return "ikke oplyst"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return dk_date(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{fact_name(name)} {fact_value(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(fact_value(part) for part in value) or "ingen"
    return FACT_WORDS.get(str(value)) or _figure_or_day(str(value))


def _figure_or_day(text: str) -> str:
    try:
        return (
            dk_date(date.fromisoformat(text))
            if "-" in text[1:]
            else _decimals(Decimal(text), max(0, text[::-1].find(".")))
        )
    except (ValueError, InvalidOperation):
        return text


def sentence(text: str) -> str:
    """Return the text with a capital first letter; the rest is left as it is."""
    return text[:1].upper() + text[1:]


FILTERS: dict[str, Callable[..., Any]] = {
    "dk_date": dk_date,
    "dk_moment": dk_moment,
    "dk_time": dk_time,
    "whole": whole,
    "dk_date_short": dk_date_short,
    "dk_date_words": dk_date_words,
    "dk_date_long": dk_date_long,
    "month_words": month_words,
    "iso_week": iso_week,
    "kr": kr,
    "kr_round": kr_round,
    "amount": amount,
    "amount_cells": amount_cells,
    "amount_round": amount_round,
    "rest": rest,
    "hours": hours,
    "hours_round": hours_round,
    "hours_round_words": hours_round_words,
    "hours_short": hours_short,
    "hours_words": hours_words,
    "percent": percent,
    "masked_cpr": masked_cpr,
    "initials": initials,
    "ja_nej": ja_nej,
    "days_left": days_left,
    "confidence": confidence,
    "fact_name": fact_name,
    "fact_value": fact_value,
    "sentence": sentence,
}


def register(env: jinja2.Environment) -> None:
    """Add the filters to a template environment: one call for the pages and one for the letters."""
    env.filters.update(FILTERS)
    env.globals.update(curve_of=curve_of, bars_of=bars_of, weeks_of=weeks_of)
