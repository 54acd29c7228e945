"""A rule (regel): its question, its source and the certainty of the reading; one object for each rule id."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """A rule (regel): its question in Danish, its section, its source and the certainty of the reading.

    Confidence follows the catalogue of rules: text, prep (bill and official explanation), sfi, sec, inf, unconfirmed.
    `citation` names the figure with the section, where its number changes with the day.
    """

    question: str
    section: str
    source: str
    confidence: str
    citation: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Statement(Rule):
    """A guiding rule (vejledende regel): what the law says whatever the facts; it decides nothing.

    `figure` names the figure with the words, where they change with the day.
    """

    says: bool | str | None = True
    figure: str | None = None
