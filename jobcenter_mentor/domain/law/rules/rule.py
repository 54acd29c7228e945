"""Regel: what is asked, where it stands and how sure the reading is; one object for each rule id."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """Regel: its question in Danish, its section, where it was read and how sure the reading is.

    Confidence follows the catalogue of rules: text, prep (bill and official explanation), sfi, sec, inf, unconfirmed.
    `citation` names the figure that carries the section, where its number changes with the day.
    """

    question: str
    section: str
    source: str
    confidence: str
    citation: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Statement(Rule):
    """Vejledende regel: what the law says whatever the facts; it guides the caseworker and decides nothing.

    `figure` names the figure that carries the words, where they change with the day.
    """

    says: bool | str | None = True
    figure: str | None = None
