"""The criteria of a match (kriterier), each with its points and a Danish sentence; limits are shown, never hidden.

More free hours never give fewer points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jobcenter_mentor.domain.kernel.capacity import period_words
from jobcenter_mentor.domain.kernel.hours import hours_figure, hours_short
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.kernel.needs import BARRIERS, TASKS
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.matching.pairs import Mark, Need, Offer

EXPERIENCE_WITH = {
    "mental": ("psykiatri", "angst", "psykisk sygdom", "autisme", "adhd"),
    "sleep": ("døgnrytme", "søvn", "struktur"),
    "abuse": ("misbrug",),
    "housing": ("bolig",),
    "debt": ("gæld", "økonomi"),
    "physical": ("sundhed", "smerter", "helbred"),
    "language": ("dansk", "tosprogede"),
    "isolation": ("netværk", "ensomhed"),
}
EXPERIENCE_FOR = {
    "out_of_bed": ("struktur", "døgnrytme"),
    "transport": ("bus", "transport"),
    "structure": ("struktur",),
    "letters": ("økonomi", "gæld", "post"),
    "doctor": ("psykiatri", "sundhed"),
    "housing": ("bolig",),
    "job_search": ("jobsøgning", "virksomhedskontakt"),
    "appearance": ("hygiejne", "sundhed"),
    "introduction": ("oplæring", "køkken", "lager"),
    "dialogue": ("konflikter", "vuc", "teknisk skole"),
    "meetings": ("møder", "myndigheder"),
    "discharge": ("psykiatri", "udskrivning"),
}
MANY_CITIZENS = 8
VOLUNTEER = "FRIV"


def barriers_met(competences: Iterable[str]) -> set[str]:
    """Return the barriers, by code, that these competences have experience with."""
    held = [word for word in competences if word]
    return {code for code, words in EXPERIENCE_WITH.items() if any(word in has for has in held for word in words)}


def _hours(need: Need, offer: Offer) -> Mark:
    """Score the free hours (ledige timer) of the fullest week from the start; too few are a hard limit."""
    until = need.last or need.start
    ahead = [(free, monday, given) for monday, given, free in offer.ahead if given > 0 and monday <= until]
    free, day, given = min([(offer.free, need.start, offer.available), *ahead], key=lambda week: week[0])
    if free >= need.minutes_per_week:
        spare = (free - need.minutes_per_week) // 60
        return Mark("hours", 20 + min(10, 2 * spare), f"{hours_short(free)} ledig om ugen")
    week = day.isocalendar().week
    booked = f"{hours_figure(given - free)} af {hours_short(given)} er aftalt"
    text = f"kun {hours_short(free)} ledig i uge {week}" if free > 0 else f"ingen ledige timer i uge {week}"
    room = next((monday for monday, free in offer.later if free >= need.minutes_per_week), None)
    later = f"; plads fra uge {room.isocalendar().week}" if room else ""
    points = 20 * max(0, free) // max(1, need.minutes_per_week)
    return Mark("hours", points, f"{text} ({booked}){later}", "limit")


def _language(need: Need, offer: Offer) -> Mark:
    if not need.language or need.language.casefold() == "dansk":
        return Mark("language", 0, "", "")
    language = need.language.casefold()
    if language in offer.languages:
        return Mark("language", 15, f"taler {language}")
    return Mark("language", 0, f"taler ikke {language}", "limit" if need.language_needed else "against")


def _experience(need: Need, offer: Offer) -> Mark:
    """Score experience with barriers (12 points), tasks (8) and words of the citizen's wish (12), at most 36."""
    wished = {word for word in offer.competences if re.search(rf"\b{re.escape(word)}", need.wishes.casefold())}
    hits = {code: _met(offer, code) for code in need.barriers}
    skilled = {code: _held(offer, EXPERIENCE_FOR.get(code, ())) for code in need.tasks}
    points = 12 * len(wished) + 12 * sum(map(bool, hits.values())) + 8 * sum(map(bool, skilled.values()))
    words = sorted(wished.union(*hits.values(), *skilled.values()))
    if words:
        return Mark("experience", min(36, points), f"erfaring med {_listed(words)}")
    lacking = [BARRIERS[code].lower() for code in need.barriers if code in BARRIERS]
    return (
        Mark("experience", 0, f"ingen erfaring med {lacking[0]}", "against")
        if lacking
        else Mark("experience", 0, "ingen særlig erfaring med opgaverne", "")
    )


def _met(offer: Offer, barrier: str) -> set[str]:
    """Return the words for experience with a barrier: the mentor's competences, otherwise the registered experience."""
    registered = {BARRIERS[barrier].lower()} if barrier in offer.experience and barrier in BARRIERS else set()
    return _held(offer, EXPERIENCE_WITH.get(barrier, ())) or registered


def _held(offer: Offer, words: tuple[str, ...]) -> set[str]:
    return {held for held in offer.competences if any(word in held for word in words)}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"


def _type(need: Need, offer: Offer) -> Mark:
    kind = MENTOR_TYPES.get(offer.mentor_type, offer.mentor_type).lower()
    granted = MENTOR_TYPES.get(need.mentor_type, need.mentor_type).lower()
    if offer.mentor_type != need.mentor_type:
        return Mark("type", 0, f"{kind}; bevilget er {granted}", "against")
    return Mark("type", 20, f"{kind}, som bevilget")


def _volunteer(need: Need, offer: Offer) -> Mark:
    """Warn of a volunteer as the only mentor where the law requires the contact (ret og pligt)."""
    if not need.right_and_duty or offer.mentor_type != VOLUNTEER:
        return Mark("volunteer", 0, "", "")
    return Mark("volunteer", 0, "frivillig som eneste mentor, og borgeren har ret og pligt", "against")


def _known(offer: Offer) -> Mark:
    if offer.knows_since is None:
        return Mark("known", 0, "kender ikke borgeren i forvejen", "")
    return Mark("known", 15, f"kender borgeren fra {offer.knows_since}")


def _sex(need: Need, offer: Offer) -> Mark:
    wishes = need.wishes.casefold()
    wished = "K" if re.search(r"\bkvinde", wishes) else "M" if re.search(r"\bmand\b|\bmandlig", wishes) else ""
    if not wished or not offer.sex:
        return Mark("sex", 0, "", "")
    word = "kvinde" if wished == "K" else "mand"
    if offer.sex == wished:
        return Mark("sex", 8, f"{word}, som ønsket")
    return Mark("sex", 0, f"borgeren ønsker en {word}", "against")


def _evening(need: Need, offer: Offer) -> Mark:
    if "aften" not in need.wishes.casefold():
        return Mark("evening", 0, "", "")
    if offer.evenings:
        return Mark("evening", 8, "kan mødes om aftenen")
    return Mark("evening", 0, "kan ikke mødes om aftenen", "against")


def _area(need: Need, offer: Offer) -> Mark:
    if offer.area and offer.area.casefold() in need.place.casefold():
        return Mark("area", 6, f"arbejder i borgerens område, {offer.area}")
    return Mark("area", 0, f"arbejder i {offer.area}" if offer.area else "", "")


def _price(need: Need, offer: Offer) -> Mark:
    """Score the price of an hour (timepris) against the approved one, with the difference; øre."""
    if offer.price is None:
        return Mark("price", 0, f"har ingen timepris den {need.start:%d.%m.%Y}", "limit")
    approved = need.approved_price
    text = f"{format_kroner(offer.price)} kr. i timen" if offer.price else "uden timepris"
    if approved is None:
        return Mark("price", 0 if offer.price else 4, text)
    if offer.price == approved:
        return Mark("price", 4, f"{text}, som godkendt" if offer.price else text)
    differs = f"{format_kroner(abs(offer.price - approved))} kr. {'over' if offer.price > approved else 'under'}"
    text = f"{text}, {differs} det godkendte"
    if offer.price < approved:
        return Mark("price", 4, text)
    above = (offer.price - approved) * 100 // max(1, approved)
    return Mark("price", -min(12, above // 5), text, "against")


def _caseload(offer: Offer) -> Mark:
    words = f"har {offer.citizens} borger{'e' if offer.citizens != 1 else ''} nu"
    if offer.citizens > MANY_CITIZENS:
        return Mark("caseload", 0, words, "against")
    return Mark("caseload", max(0, 5 - offer.citizens), words)


def _start(need: Need, offer: Offer) -> Mark:
    if offer.away is not None:
        first, last, reason = offer.away
        if first > need.start:
            return Mark("start", 0, f"{reason} {period_words(first, last)}", "against")
        if need.contact_by is not None and last < need.contact_by:
            return Mark("start", 0, f"tilbage {last:%d.%m.}, før kontakten senest {need.contact_by:%d.%m.%Y}")
        return Mark("start", 0, f"{reason} {period_words(first, last)}, når forløbet begynder", "limit")
    return Mark("start", 0, f"kan begynde {need.start:%d.%m.%Y}")


def _contact(offer: Offer) -> Mark:
    if offer.flaws:
        return Mark("contact", 0, " ".join(offer.flaws), "limit")
    return Mark("contact", 0, "telefon og e-mail er på plads")


def _active(need: Need, offer: Offer) -> Mark:
    if offer.active_from > need.start:
        return Mark("active", 0, f"begynder først som mentor {offer.active_from:%d.%m.%Y}", "limit")
    if offer.active_to is not None and offer.active_to < need.start:
        return Mark("active", 0, f"stopper som mentor {offer.active_to:%d.%m.%Y}", "limit")
    until = need.last or need.start
    if offer.active_to is not None and offer.active_to < until:
        return Mark("active", 0, f"stopper som mentor {offer.active_to:%d.%m.%Y}", "against")
    if ended := next((monday for monday, given, _ in offer.ahead if given == 0 and monday <= until), None):
        return Mark("active", 0, f"har ingen aftalte timer fra uge {ended.isocalendar().week}", "against")
    return Mark("active", 0, f"mentor siden {offer.active_from.year}")


def _relation(offer: Offer) -> Mark:
    """Bar relatives and the citizen's own caseworker (inhabilitet), whatever the reason."""
    return Mark("conflict", 0, offer.conflict, "limit" if offer.conflict else "")


def _refusal(offer: Offer) -> Mark:
    """Bar a mentor while a refusal (et nej) is in force; it is lifted only with a reason."""
    return Mark("refusal", 0, offer.refusal, "limit" if offer.refusal else "")


def _place(offer: Offer) -> Mark:
    """Bar a mentor without a free place (pladsmentor) from a course that asks for a place."""
    return Mark("place", 0, offer.full, "limit" if offer.full else "")


def _theme(need: Need, offer: Offer) -> Mark:
    """Score the mentor's wishes: a refused task is a limit, a preferred one gives up to 8 points."""
    refused = [TASKS[code].lower() for code in need.tasks if code in offer.refused_themes and code in TASKS]
    if refused:
        return Mark("theme", 0, f"vil ikke have opgaven {_listed(refused)}", "limit")
    liked = [TASKS[code].lower() for code in need.tasks if code in offer.preferred_themes and code in TASKS]
    return Mark("theme", min(8, 4 * len(liked)), f"vil gerne have opgaven {_listed(liked)}") if liked else NOTHING_THEME


NOTHING_THEME = Mark("theme", 0, "", "")


@dataclass(frozen=True)
class Criterion:
    """A criterion (kriterium): its function, and the fields of need and offer that it reads."""

    say: Callable[[Need, Offer], Mark]
    of_need: tuple[str, ...]
    of_offer: tuple[str, ...]


CRITERIA = (
    Criterion(_hours, ("minutes_per_week", "start", "last"), ("free", "available", "later", "ahead")),
    Criterion(_language, ("language", "language_needed"), ("languages",)),
    Criterion(_experience, ("barriers", "tasks", "wishes"), ("competences", "experience")),
    Criterion(_type, ("mentor_type",), ("mentor_type",)),
    Criterion(_volunteer, ("right_and_duty",), ("mentor_type",)),
    Criterion(lambda _, offer: _known(offer), (), ("knows_since",)),
    Criterion(_sex, ("wishes",), ("sex",)),
    Criterion(_evening, ("wishes",), ("evenings",)),
    Criterion(_area, ("place",), ("area",)),
    Criterion(_theme, ("tasks",), ("refused_themes", "preferred_themes")),
    Criterion(_price, ("approved_price", "start"), ("price",)),
    Criterion(lambda _, offer: _caseload(offer), (), ("citizens",)),
    Criterion(_start, ("start", "contact_by"), ("away",)),
    Criterion(lambda _, offer: _contact(offer), (), ("flaws",)),
    Criterion(_active, ("start", "last"), ("active_from", "active_to", "ahead")),
    Criterion(lambda _, offer: _relation(offer), (), ("conflict",)),
    Criterion(lambda _, offer: _refusal(offer), (), ("refusal",)),
    Criterion(lambda _, offer: _place(offer), (), ("full",)),
)
"""All criteria, in the order shown."""
