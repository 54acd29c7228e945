"""Match: how well a mentor fits a citizen's need, point by point, each point with its Danish sentence.

Hard limits stop a mentor but are told, never hidden. Points come from the criteria below; more free hours never give
fewer points. The system ranks, a person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.domain.money import format_kroner
from jobcenter_mentor.domain.needs import BARRIERS
from jobcenter_mentor.domain.target_groups import MENTOR_TYPES

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
ALWAYS_SHOWN = 3
OVERRIDABLE = frozenset({"hours", "language", "start"})
"""Limits a coordinator may set aside with a written reason; the others must be mended first."""


@dataclass(frozen=True)
class Need:
    """Behov: what the course asks for. `place` is the citizen's address, empty when it is protected.

    `language` is the wished one; `language_needed` that the citizen can't manage in Danish. Prices are øre an hour.
    """

    mentor_type: str
    minutes_per_week: int
    start: date
    tasks: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    wishes: str = ""
    language: str = ""
    language_needed: bool = False
    place: str = ""
    standard_price: int | None = None


@dataclass(frozen=True)
class Offer:
    """Mentors tilbud: what a mentor has on the day the course starts. Hours are minutes of that week.

    `free_from` is the first later week with room; `knows_since` the year of an earlier course with the citizen.
    """

    key: int
    name: str
    mentor_type: str
    free: int
    available: int
    active_from: date
    active_to: date | None = None
    free_from: date | None = None
    away: tuple[date, date, str] | None = None
    languages: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    area: str = ""
    sex: str = ""
    evenings: bool = False
    price: int | None = None
    flaws: tuple[str, ...] = ()
    knows_since: int | None = None
    citizens: int = 0


@dataclass(frozen=True)
class Mark:
    """Ét punkt: what one criterion says; `speaks` is for, against, limit or nothing."""

    criterion: str
    points: int
    text: str
    speaks: str = "for"


@dataclass(frozen=True)
class Fit:
    """Vurdering af en mentor: points and sentences. `blocked` are the hard limits it meets, in words."""

    points: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    blocked: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def must_be_mended(self) -> tuple[str, ...]:
        """Hindringer, der ikke kan vælges udenom: limits that no written reason sets aside."""
        return tuple(m.text for m in self.marks if m.speaks == "limit" and m.criterion not in OVERRIDABLE)


def score(need: Need, offer: Offer) -> Fit:
    """Vurdér en mentor: all criteria, the strongest reasons first, at least three where nothing blocks."""
    marks = (
        _hours(need, offer), _language(need, offer), _experience(need, offer), _type(need, offer), _known(offer),
        _sex(need, offer), _evening(need, offer), _area(need, offer), _price(need, offer), _caseload(offer),
        _start(need, offer), _contact(offer), _active(need, offer),
    )  # fmt: skip
    reasons = sorted((m for m in marks if m.speaks == "for"), key=lambda m: -m.points)
    strong = [m.text for m in reasons if m.points > 0]
    weak = [m.text for m in reasons if m.points <= 0]
    return Fit(
        points=sum(m.points for m in marks),
        reasons=tuple(strong + weak[: max(0, ALWAYS_SHOWN - len(strong))]),
        against=tuple(m.text for m in marks if m.speaks == "against"),
        blocked=tuple(m.text for m in marks if m.speaks == "limit"),
        marks=marks,
    )


def rank(need: Need, offers: Iterable[Offer]) -> list[tuple[Offer, Fit]]:
    """Rangér: those without limits first, then by points, then by name; the order given doesn't matter."""
    scored = [(offer, score(need, offer)) for offer in offers]
    return sorted(scored, key=lambda pair: (bool(pair[1].blocked), -pair[1].points, pair[0].name, pair[0].key))


def why_behind(chosen: Fit, other: Fit) -> str:
    """Hvorfor den anden tabte: the criterion that parts the two most, in words."""
    if other.blocked and not chosen.blocked:
        return other.blocked[0]
    parted = max(zip(chosen.marks, other.marks, strict=True), key=lambda pair: pair[0].points - pair[1].points)
    best, lost = parted
    if best.points <= lost.points:
        return (
            "lige mange point" if chosen.points == other.points else "fik flere point; valget har sin egen begrundelse"
        )
    return lost.text if lost.speaks != "for" or not best.text else f"{lost.text} mod {best.text}"


def hours_text(minutes: int) -> str:
    """Timer i tekst: minutes as "3,0", tenths rounded half up."""
    tenths = (abs(minutes) * 10 + 30) // 60
    return f"{'-' if minutes < 0 else ''}{tenths // 10},{tenths % 10}"


def _hours(need: Need, offer: Offer) -> Mark:
    """Ledige timer in the week the course starts: hard limit when there are too few."""
    if offer.free >= need.minutes_per_week:
        spare = (offer.free - need.minutes_per_week) // 60
        return Mark("hours", 20 + min(10, 2 * spare), f"{hours_text(offer.free)} t ledig om ugen")
    week = need.start.isocalendar().week
    booked = f"{hours_text(offer.available - offer.free)} af {hours_text(offer.available)} t er aftalt"
    text = (
        f"kun {hours_text(offer.free)} t ledig i uge {week}" if offer.free > 0 else f"ingen ledige timer i uge {week}"
    )
    later = f"; plads fra uge {offer.free_from.isocalendar().week}" if offer.free_from else ""
    points = 20 * max(0, offer.free) // max(1, need.minutes_per_week)
    return Mark("hours", points, f"{text} ({booked}){later}", "limit")


def _language(need: Need, offer: Offer) -> Mark:
    if not need.language or need.language.casefold() == "dansk":
        return Mark("language", 0, "", "")
    language = need.language.casefold()
    if language in offer.languages:
        return Mark("language", 15, f"taler {language}")
    return Mark("language", 0, f"taler ikke {language}", "limit" if need.language_needed else "against")


def _experience(need: Need, offer: Offer) -> Mark:
    """Erfaring set against barriers (12 points), tasks (8) and words of the citizen's wish (12), 36 at most."""
    wished = {word for word in offer.competences if re.search(rf"\b{re.escape(word)}", need.wishes.casefold())}
    hits = {code: _held(offer, EXPERIENCE_WITH.get(code, ())) for code in need.barriers}
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


def _held(offer: Offer, words: tuple[str, ...]) -> set[str]:
    return {held for held in offer.competences if any(word in held for word in words)}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"


def _type(need: Need, offer: Offer) -> Mark:
    kind = MENTOR_TYPES.get(offer.mentor_type, offer.mentor_type).lower()
    if offer.mentor_type == need.mentor_type:
        return Mark("type", 20, f"{kind}, som bevilget")
    return Mark(
        "type", 0, f"{kind}; bevilget er {MENTOR_TYPES.get(need.mentor_type, need.mentor_type).lower()}", "against"
    )


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
    """Timeprisen set against the standard price of the type that was granted; øre."""
    if offer.price is None:
        return Mark("price", -6, "timeprisen mangler", "against")
    if offer.price == 0:
        return Mark("price", 4, "uden timepris")
    text = f"{format_kroner(offer.price)} kr. i timen"
    if need.standard_price is None:
        return Mark("price", 0, text)
    if offer.price <= need.standard_price:
        return Mark("price", 4, f"{text}, ikke over standardprisen")
    above = (offer.price - need.standard_price) * 100 // max(1, need.standard_price)
    return Mark("price", -min(12, above // 5), f"{text} mod {format_kroner(need.standard_price)} i standard", "against")


def _caseload(offer: Offer) -> Mark:
    words = f"har {offer.citizens} borger{'e' if offer.citizens != 1 else ''} nu"
    if offer.citizens > MANY_CITIZENS:
        return Mark("caseload", 0, words, "against")
    return Mark("caseload", max(0, 5 - offer.citizens), words)


def _start(need: Need, offer: Offer) -> Mark:
    if offer.away is not None:
        first, last, reason = offer.away
        return Mark("start", 0, f"{reason} {first:%d.%m.}–{last:%d.%m.%Y}, når forløbet begynder", "limit")
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
    return Mark("active", 0, f"mentor siden {offer.active_from.year}")
