"""Read the questionnaires of `questionnaires/*.yaml` (spørgeskemaer) and their translations once.

A language is a file in `questionnaires/languages`; a text it lacks is shown in Danish and listed by `missing`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("questionnaires")
CODES = ("evaluation", "nordic")
DANISH = "da"
PARTIES = {"citizen": "Borgeren", "mentor": "Mentor"}
POINTS = {"start": "Ved start", "end": "Ved slut", "after": "Seks måneder efter"}
ONE, SEVERAL, HOURS = "one", "several", "hours"
KINDS = {ONE, SEVERAL, HOURS}


@dataclass(frozen=True)
class SurveyQuestion:
    """A question (spørgsmål): who is asked and when, its answers, and the country's figures by party and answer.

    `table` is its source, `positive` the answers that count as good; `national` is in per cent, `mean` in hours.
    """

    code: str
    kind: str
    scale: str
    options: Mapping[str, str]
    texts: Mapping[str, str]
    points: tuple[str, ...]
    positive: frozenset[str]
    national: Mapping[str, Mapping[str, float]]
    table: str
    note: str


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire and its source (spørgeskema)."""

    code: str
    title: str
    source: str
    questions: tuple[SurveyQuestion, ...]

    def asked(self, point: str, party: str) -> list[SurveyQuestion]:
        """Return the questions for a party at a point in time (spørgsmål)."""
        return [one for one in self.questions if point in one.points and party in one.texts]


@dataclass(frozen=True)
class TranslatedQuestion:
    """A question in the respondent's language (spørgsmål)."""

    code: str
    kind: str
    text: str
    options: Mapping[str, str]


@cache
def questionnaires() -> dict[str, Questionnaire]:
    """Return the questionnaires by code (spørgeskemaer). Raises ValueError, naming what can't be read."""
    return {code: _questionnaire(code, _read(f"{code}.yaml")) for code in CODES}


@cache
def languages() -> dict[str, str]:
    """Return the languages (sprog): code and own name, Danish first."""
    found = {path.stem: str(_read(f"languages/{path.name}")["name"]) for path in sorted(_files())}
    return {DANISH: "Dansk", **found}


@cache
def texts(language: str) -> dict[str, str]:
    """Return all texts of a language by key (tekster), in Danish where the language lacks one."""
    return _danish() | (_translated(language) if language in languages() and language != DANISH else {})


def missing(language: str) -> list[str]:
    """Return the missing texts of a language (manglende tekster), by the keys that are shown in Danish."""
    return sorted(_danish().keys() - _translated(language).keys())


def unknown(language: str) -> list[str]:
    """Return the unknown texts of a language (ukendte tekster), by keys that nothing uses, as after a misspelling."""
    return sorted(_translated(language).keys() - _danish().keys() - {"name"})


def page_texts(language: str) -> dict[str, str]:
    """Return the page's own texts (sidens tekster)."""
    return {key.removeprefix("page."): text for key, text in texts(language).items() if key.startswith("page.")}


def asked(questionnaire: Questionnaire, point: str, party: str, language: str) -> list[TranslatedQuestion]:
    """Return the questions as a party sees them in its language (spørgsmål)."""
    words, code = texts(language), questionnaire.code
    return [
        TranslatedQuestion(
            one.code,
            one.kind,
            words[f"{code}.questions.{one.code}.{party}"],
            {option: words[f"{code}.scales.{one.scale}.{option}"] for option in one.options},
        )
        for one in questionnaire.asked(point, party)
    ]


def _questionnaire(code: str, raw: Mapping[str, Any]) -> Questionnaire:
    found = tuple(_question(code, raw["scales"], one) for one in raw["questions"])
    if len({one.code for one in found}) != len(found):
        raise ValueError(f"{code}.yaml: et spørgsmål står to gange.")
    return Questionnaire(code, raw["title"], raw["source"], found)


def _question(code: str, scales: Mapping[str, Mapping[str, str]], raw: Mapping[str, Any]) -> SurveyQuestion:
    kind, scale = raw.get("kind", ONE), raw.get("scale", "")
    options = scales[scale] if kind != HOURS else {}
    answers = options.keys() | {"high", "mean"}
    national = raw.get("national", {})
    told = {answer for figures in national.values() for answer in figures}
    positive = frozenset(raw.get("positive", ()))
    if kind not in KINDS or not set(raw["points"]) <= POINTS.keys() or not (told | positive) <= answers:
        raise ValueError(f"{code}.yaml: {raw['code']} har en ukendt art, et ukendt tidspunkt eller svar.")
    return SurveyQuestion(
        code=raw["code"],
        kind=kind,
        scale=scale,
        options=options,
        texts={party: raw[party] for party in PARTIES if party in raw},
        points=tuple(raw["points"]),
        positive=positive,
        national=national,
        table=raw.get("table", ""),
        note=raw.get("note", ""),
    )


@cache
def _danish() -> dict[str, str]:
    """Return all Danish texts by key: of the pages, the questionnaires, their questions and their answers."""
    found = {f"page.{key}": str(text) for key, text in _read("page.yaml").items()}
    for one in questionnaires().values():
        found[f"{one.code}.title"] = one.title
        for question in one.questions:
            for party, text in question.texts.items():
                found[f"{one.code}.questions.{question.code}.{party}"] = text
            for option, text in question.options.items():
                found[f"{one.code}.scales.{question.scale}.{option}"] = text
    return found


def _translated(language: str) -> dict[str, str]:
    return dict(_flat(_read(f"languages/{language}.yaml"), ""))


def _flat(raw: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for key, value in raw.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        elif value:
            yield f"{above}{key}", str(value)


def _files() -> Iterator[Path]:
    return (FOLDER / "languages").glob("*.yaml")


def _read(name: str) -> dict[str, Any]:
    raw = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{name} kan ikke læses.")
    return raw
