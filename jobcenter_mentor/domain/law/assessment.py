"""The assessment (vurdering) with all its findings, to and from plain dicts for storage and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jobcenter_mentor.domain.kernel.law_codes import LawCode, law_code
from jobcenter_mentor.domain.kernel.money import from_decimal, to_decimal_string
from jobcenter_mentor.domain.law.rules.catalogue import GUIDING
from jobcenter_mentor.domain.law.texts import WARNINGS, legal_basis, sentence

Answer = bool | str | int | None
DISCHARGE_RIGHT = frozenset({"lab2014.s31b.psych.right", "lab2020.s167.2"})
"""The rules that give a right at discharge from a psychiatric ward."""


class Outcome(StrEnum):
    """The outcome (udfald): support must be given, may be given, must not be given, or a fact is missing."""

    MUST = "must"
    MAY = "may"
    MUST_NOT = "must_not"
    UNDECIDED = "undecided"


@dataclass(slots=True)
class Finding:
    """The answer to one question of law (svar), with the facts and the figure used; None means that a fact is missing.

    `asks` is the path of the fact to ask for. It is not stored, because the missing facts are.
    """

    rule: str
    question: str
    answer: Answer
    section: str
    facts: Mapping[str, Any]
    value: Any
    source: str
    confidence: str
    asks: str | None = field(default=None, compare=False)

    @property
    def answer_text(self) -> str:
        """Return the answer in Danish: Ja, Nej, Uafklaret or the answer itself."""
        if self.answer is None:
            return "Uafklaret"
        if isinstance(self.answer, bool):
            return "Ja" if self.answer else "Nej"
        return str(self.answer)


@dataclass(slots=True)
class MaxPeriod:
    """The longest period (længste periode): months, the legal last day and what may follow."""

    months: int
    last_day: date
    extension: str


@dataclass(slots=True)
class ContactBreach:
    """A breach of the contact requirement (brud på kontaktkravet): a gap between two days longer than the interval."""

    first: date
    last: date
    gap_days: int


@dataclass(slots=True)
class ReimbursementPart:
    """The reimbursement (refusion) of a part of the period: amounts in øre; None means not known."""

    first: date
    last: date
    rate: Decimal | None
    frame: str | None
    base: int
    amount: int | None


@dataclass(slots=True)
class Reimbursement:
    """The reimbursement (refusion): rate, frame, eligible cost, refund and own cost in øre; None means not known."""

    rate: Decimal | None
    frame: str | None
    base: int | None
    amount: int | None
    own_cost: int | None
    account: str | None
    parts: tuple[ReimbursementPart, ...]


@dataclass(slots=True)
class Assessment:
    """The assessment (vurdering): the outcome of the law, with all findings, missing facts and warnings."""

    law: LawCode
    outcome: Outcome
    eligible: bool | None
    right: bool | None
    right_and_duty: bool | None
    min_contact_interval_days: int | None
    max_period: MaxPeriod | None
    min_period_last_day: date | None
    earliest_start: date | None
    termination_allowed: bool | None
    contact_breaches: tuple[ContactBreach, ...] | None
    reimbursement: Reimbursement | None
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]

    def finding(self, rule: str) -> Finding | None:
        """Return the finding of a rule id, or None when the rule was not asked."""
        return next((finding for finding in self.findings if finding.rule == rule), None)

    def says(self, rule: str) -> bool:
        """Tell whether the rule was asked and answered yes."""
        found = self.finding(rule)
        return found is not None and found.answer is True

    @property
    def discharge_right(self) -> bool | None:
        """Tell whether there is a right at discharge; None where it is not known.

        § 31 b, stk. 2, from 2020 § 167, stk. 2.
        """
        found = next((one for one in self.findings if one.rule in DISCHARGE_RIGHT), None)
        if found is None or found.answer is False:
            return False
        return self.right if found.answer is True else None

    @property
    def legal_basis(self) -> str:
        """Return the section of the support (retsgrundlag), right and duty first; empty if not known."""
        return legal_basis(self)

    def differs_from(self, other: Assessment) -> bool:
        """Tell whether the answer of the law differs, without regard to money and guiding rules."""
        return self._answer != other._answer

    @property
    def _answer(self) -> tuple[object, ...]:
        rights = (self.right, self.discharge_right, self.right_and_duty, self.min_contact_interval_days)
        return (self.law, self.outcome, self.eligible, *rights, self.max_period, self.termination_allowed, self.missing)

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """Return the findings that decide, without the guiding ones that are the same in every case."""
        return tuple(finding for finding in self.findings if finding.rule not in GUIDING)

    @property
    def verdict(self) -> str:
        """Return the conclusion (konklusion) as one plain Danish sentence."""
        return sentence(self)

    @property
    def warning_texts(self) -> list[str]:
        """Return the warnings (advarsler) in Danish, in their order."""
        return [WARNINGS[code] for code in self.warnings]

    def to_dict(self) -> dict[str, object]:
        """Return the output of the contract without `id`: dates in ISO format, amounts as decimal strings in kroner."""
        return {
            "law": self.law.label,
            "outcome": self.outcome.value,
            "eligible": self.eligible,
            "right": self.right,
            "right_and_duty": self.right_and_duty,
            "min_contact_interval_days": self.min_contact_interval_days,
            "max_period": _max_period_to_dict(self.max_period),
            "min_period_last_day": _iso(self.min_period_last_day),
            "earliest_start": _iso(self.earliest_start),
            "termination_allowed": self.termination_allowed,
            "contact_breaches": _breaches_to_list(self.contact_breaches),
            "reimbursement": _reimbursement_to_dict(self.reimbursement),
            "findings": [_finding_to_dict(finding) for finding in self.findings],
            "missing": list(self.missing),
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Assessment:
        """Return an assessment from storage, the exact inverse of `to_dict`.

        A KeyError or ValueError means that the stored text is broken.
        """
        breaches = stored["contact_breaches"]
        return cls(
            law=law_code(stored["law"]),
            outcome=Outcome(stored["outcome"]),
            eligible=stored["eligible"],
            right=stored["right"],
            right_and_duty=stored["right_and_duty"],
            min_contact_interval_days=stored["min_contact_interval_days"],
            max_period=_max_period_from_dict(stored["max_period"]),
            min_period_last_day=_day(stored["min_period_last_day"]),
            earliest_start=_day(stored["earliest_start"]),
            termination_allowed=stored["termination_allowed"],
            contact_breaches=None if breaches is None else tuple(_breach_from_dict(breach) for breach in breaches),
            reimbursement=_reimbursement_from_dict(stored["reimbursement"]),
            findings=tuple(Finding(**finding) for finding in stored["findings"]),
            missing=tuple(stored["missing"]),
            warnings=tuple(stored["warnings"]),
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _kroner(ore: int | None) -> str | None:
    return None if ore is None else to_decimal_string(ore)


def _ore(text: str | None) -> int | None:
    return None if text is None else from_decimal(Decimal(text))


def _finding_to_dict(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "question": finding.question,
        "answer": finding.answer,
        "section": finding.section,
        "facts": dict(finding.facts),
        "value": finding.value,
        "source": finding.source,
        "confidence": finding.confidence,
    }


def _max_period_to_dict(period: MaxPeriod | None) -> dict[str, object] | None:
    return {**asdict(period), "last_day": period.last_day.isoformat()} if period else None


def _max_period_from_dict(stored: Mapping[str, Any] | None) -> MaxPeriod | None:
    return MaxPeriod(stored["months"], date.fromisoformat(stored["last_day"]), stored["extension"]) if stored else None


def _breaches_to_list(breaches: tuple[ContactBreach, ...] | None) -> list[dict[str, object]] | None:
    if breaches is None:
        return None
    return [{"from": b.first.isoformat(), "to": b.last.isoformat(), "gap_days": b.gap_days} for b in breaches]


def _breach_from_dict(stored: Mapping[str, Any]) -> ContactBreach:
    return ContactBreach(date.fromisoformat(stored["from"]), date.fromisoformat(stored["to"]), stored["gap_days"])


def _part_to_dict(part: ReimbursementPart) -> dict[str, object]:
    return {
        "from": part.first.isoformat(),
        "to": part.last.isoformat(),
        "rate": None if part.rate is None else f"{part.rate:.2f}",
        "frame": part.frame,
        "base": to_decimal_string(part.base),
        "amount": _kroner(part.amount),
    }


def _part_from_dict(stored: Mapping[str, Any]) -> ReimbursementPart:
    rate = None if stored["rate"] is None else Decimal(stored["rate"])
    base = from_decimal(Decimal(stored["base"]))
    first, last = date.fromisoformat(stored["from"]), date.fromisoformat(stored["to"])
    return ReimbursementPart(first, last, rate, stored["frame"], base, _ore(stored["amount"]))


def _reimbursement_to_dict(reimbursement: Reimbursement | None) -> dict[str, object] | None:
    if reimbursement is None:
        return None
    return {
        "rate": None if reimbursement.rate is None else f"{reimbursement.rate:.2f}",
        "frame": reimbursement.frame,
        "base": _kroner(reimbursement.base),
        "amount": _kroner(reimbursement.amount),
        "own_cost": _kroner(reimbursement.own_cost),
        "account": reimbursement.account,
        "parts": [_part_to_dict(part) for part in reimbursement.parts],
    }


def _reimbursement_from_dict(stored: Mapping[str, Any] | None) -> Reimbursement | None:
    if stored is None:
        return None
    return Reimbursement(
        rate=None if stored["rate"] is None else Decimal(stored["rate"]),
        frame=stored["frame"],
        base=_ore(stored["base"]),
        amount=_ore(stored["amount"]),
        own_cost=_ore(stored["own_cost"]),
        account=stored["account"],
        parts=tuple(_part_from_dict(part) for part in stored["parts"]),
    )
