"""The words of a letter: values as printed; dates in words, hours with their unit, sections with their act."""

import re
from dataclasses import asdict
from datetime import date
from typing import Any

from jobcenter_mentor.casefile.letters.letter_values import AgreementValues, DecisionValues, HearingValues, NoticeValues
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.platform.pages.filters import dk_date_words

ACT, ACT_IN_FULL = "LAB ", "lov om en aktiv beskæftigelsesindsats (LAB)"
DAYS = ("letter_date", "answer_by", "goal_by", "start", "last_day", "call_by", "asked_from")
OFTEN = {7: "mindst hver uge", 14: "mindst hver anden uge"}


def printed(values: DecisionValues | HearingValues | NoticeValues | AgreementValues) -> dict[str, Any]:
    """Turn values into JSON data; an absent value is an empty text."""
    found: dict[str, Any] = asdict(values)
    if found.get("goal_by") and names_day(found["goal"], found["goal_by"]):
        found["goal_by"] = None
    for name in DAYS:
        if name in found:
            found[name] = dk_date_words(found[name])
    if "minutes_per_week" in found:
        found["hours"] = _hours(found.pop("minutes_per_week"))
        start, last_day = found["start"], found["last_day"]
        found["period"] = f"fra den {start} til og med den {last_day}" if start and last_day else ""
    if "contact_interval_days" in found:
        found["contact"] = often(found.pop("contact_interval_days"))
    if "follow_ups" in found:
        found["follow_ups"] = [[dk_date_words(day), words] for day, words in found["follow_ups"]]
    found["legal_basis"] = cited(values.legal_basis)
    return found


def names_day(text: str, day: date) -> bool:
    """Tell whether a text names the day already: 1. marts 2015, 1. mar., 01.03.2015, 1/3-15 and their like."""
    month = dk_date_words(day).split()[1]
    in_words = rf"(?<!\d){day.day}\.\s*{month[:3]}(?:{month[3:]}\b|\.|\b)(?!\s*(?!{day.year})(?:19|20)\d\d)"
    in_figures = rf"(?<!\d)0?{day.day}\s?[./-]\s?0?{day.month}\s?[\s./-]\s?(?:{day.year}|{day.year % 100:02d})(?!\d)"
    return re.search(f"{in_words}|{in_figures}", text, re.I) is not None


def cited(sections: tuple[str, ...]) -> str:
    """Return the sections with the act written out once: § 93 og § 31 b i lov om … (LAB). Empty without a section."""
    named = [section for section in dict.fromkeys(sections) if section]
    of_the_act = [section.removeprefix(ACT) for section in named if section.startswith(ACT)]
    others = [section for section in named if not section.startswith(ACT)]
    if of_the_act:
        comma = "," if "stk." in of_the_act[-1] else ""
        others.insert(0, f"{listed(of_the_act)}{comma} i {ACT_IN_FULL}")
    return listed(others)


def listed(words: list[str]) -> str:
    """Return words as a sentence lists them: a, b og c."""
    return words[0] if len(words) == 1 else " og ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def in_words(day: date | None) -> str:
    """Return a day as letters write it: den 20. oktober 2014; empty without one."""
    return f"den {dk_date_words(day)}" if day else ""


def often(interval: int | None) -> str:
    """Return the days between contacts as a sentence says them: mindst hver uge; empty without any."""
    return "" if interval is None else OFTEN.get(interval, f"mindst hver {interval}. dag")


def _hours(minutes: int | None) -> str:
    return f"{hours_words(minutes)} om ugen" if minutes else ""
