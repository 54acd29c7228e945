"""Run the worked cases (eksempler) under `rules/cases` against the law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.money import to_decimal_string
from jobcenter_mentor.domain.kernel.periods import months_before
from jobcenter_mentor.domain.law import complaint_deadlines
from jobcenter_mentor.domain.law.access import access_deadline
from jobcenter_mentor.domain.law.benefits import group_of
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.deadlines import deadlines_of_grant
from jobcenter_mentor.domain.law.facts import CitizenFacts
from jobcenter_mentor.domain.law.law import Law, LocalFigureValue, Source
from jobcenter_mentor.domain.law.terms import standard_price
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures.loader import RuleFile, load_law

ABSENT = "absent"
_LOCAL = Source("Kommunens valg", "i dette eksempel", "")


@dataclass(frozen=True)
class WorkedCase:
    """A worked case (eksempel): the rule it proves, the question, the facts and the answer; `local` changes figures.

    `wording` quotes what it was written from, as "TEXT § SECTION: words" of `rules/sources`. `row` numbers the reading
    that was once wrong and that the case guards.
    """

    name: str
    rule: str
    ask: str
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]
    local: Mapping[str, Any]
    path: Path
    row: int | None = None
    wording: str = ""

    @property
    def title(self) -> str:
        """Return where the case is: folder, file and name, as `rules check` and the tests call it."""
        return f"{self.path.parent.name}/{self.path.stem}: {self.name}"


@dataclass(frozen=True)
class RulesReport:
    """The result of checking the rules: figures loaded, cases run, differences of failed cases, stale figures."""

    parameters: int
    cases: int
    failed: Mapping[str, list[str]]
    unchecked: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether all cases hold; figures that are due for a check do not count as a failure."""
        return not self.failed


def load_cases(path: Path) -> list[WorkedCase]:
    """Load the worked cases (eksempler) from `cases` in a folder. Raises RuleFileRejected, naming file and line."""
    return [case for file in sorted((path / "cases").rglob("*.yaml")) for case in _cases_of(RuleFile(file))]


def _cases_of(file: RuleFile) -> Iterator[WorkedCase]:
    root = file.root()
    fields = file.fields(root)
    for name in fields:
        if name not in ("about", "ask", "usual", "cases", "row", "wording"):
            raise file.reject(fields[name], f"»{name}« kendes ikke i en fil med eksempler.")
    if "cases" not in fields or not isinstance(file.plain(fields["cases"]), list):
        raise file.reject(root, "»cases« mangler.")
    ask = file.plain(fields["ask"]) if "ask" in fields else "assessment"
    if ask not in QUESTIONS:
        raise file.reject(fields["ask"], f"»{ask}« kan ikke spørges om. Tilladt er {', '.join(QUESTIONS)}.")
    shared = {name: file.plain(fields[name]) for name in ("usual", "row", "wording") if name in fields}
    for node in fields["cases"].value:
        case = file.fields(node)
        for name in case:
            if name not in ("name", "rule", "facts", "expect", "local", "row", "wording"):
                raise file.reject(case[name], f"»{name}« kendes ikke i et eksempel.")
        for name in ("name", "rule", "facts", "expect"):
            if name not in case:
                raise file.reject(node, f"»{name}« mangler i eksemplet.")
        yield _case(shared, {name: file.plain(value) for name, value in case.items()}, ask, file.path)


def _case(shared: Mapping[str, Any], own: Mapping[str, Any], ask: str, path: Path) -> WorkedCase:
    return WorkedCase(
        name=own["name"],
        rule=own["rule"],
        ask=ask,
        facts=_merged(shared.get("usual", {}), own["facts"]),
        expect=own["expect"],
        local=own.get("local", {}),
        path=path,
        row=own.get("row", shared.get("row")),
        wording=own.get("wording", shared.get("wording", "")),
    )


def _merged(usual: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(usual)
    for name, value in changes.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(name), Mapping)
        merged[name] = _merged(merged[name], value) if both else value
    return merged


def run_case(case: WorkedCase, law: Law) -> list[str]:
    """Run a worked case (eksempel): return the differences between expected and actual; empty when it holds."""
    rows = list(_own_figures(case))
    try:
        answer = QUESTIONS[case.ask](case.facts, law.with_figures(rows) if rows else law)
    except DomainError as error:
        if "error" not in case.expect:
            return [f"error: {error.message}"]
        answer = {"error": error.message, "errors": error.errors}
    return list(_differences("", case.expect, answer))


def _own_figures(case: WorkedCase) -> Iterator[LocalFigureValue]:
    """Give the municipality's figures of a case: in force from its day, or from the days that it names."""
    for name, value in case.local.items():
        dated = value if isinstance(value, Mapping) else {_day_of(case): value}
        yield from (LocalFigureValue(name, day, said, _LOCAL) for day, said in dated.items())


def _day_of(case: WorkedCase) -> date:
    day: date = case.facts["date"] if "date" in case.facts else case.facts["granted"]
    return day


def _group(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    """Return the group that follows from a benefit, the fact it lacks, and the two facts that don't fit."""
    told = {name: value for name, value in facts.items() if name != "date"}
    found = group_of(CitizenFacts(**told), law.on(facts["date"]))
    return {"group": found.number, "asks": found.asks, "clash": list(found.clash or ())}


def _assessment(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    assessment = assess(facts_from_dict(facts), law)
    return {
        **assessment.to_dict(),
        "findings": {finding.rule: finding.answer for finding in assessment.findings},
        "confidence": {finding.rule: finding.confidence for finding in assessment.findings},
        "legal_basis": assessment.legal_basis,
        "verdict": assessment.verdict,
    }


def _deadlines(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    planned = deadlines_of_grant(**facts, law=law.on(facts["granted"]))
    return {"deadlines": {deadline.kind: deadline.due.isoformat() for deadline in planned}}


def _complaint_review(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    """Return what a complaint waits for on the day it came: its re-assessment, or to be sent on at once."""
    received, kind = facts["received"], facts.get("kind")
    day = law.on(received)
    if complaint_deadlines.is_sent_at_once(received, facts.get("last_day", received), day):
        deadline = complaint_deadlines.late(received, day)
    else:
        short = kind in complaint_deadlines.SHORT_CASES and complaint_deadlines.may_be_short(facts.get("group"), day)
        deadline = complaint_deadlines.review(received, day, short=short, urgent=facts.get("urgent", False))
    return {"waits_for": deadline.kind, "due": deadline.due.isoformat(), "section": deadline.section}


def _complaint_rest(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    """Return the two clocks after a partial yes: the citizen's answer, and the sending on."""
    told, answered = facts["told"], facts.get("answered", facts["told"])
    asked, sent = (
        complaint_deadlines.answer(told, law.on(told)),
        complaint_deadlines.forward(answered, law.on(answered)),
    )
    days = {"answer_by": asked.due.isoformat(), "send_by": sent.due.isoformat()}
    return {**days, "section": asked.section, "send_section": sent.section}


def _access(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    deadline = access_deadline(facts["received"], law.on(facts["received"]))
    return {"due": deadline.due.isoformat(), "section": deadline.section}


def _price(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    return {"price": to_decimal_string(standard_price(facts["mentor_type"], law.on(facts["day"])))}


def _figure(facts: Mapping[str, Any], law: Law) -> dict[str, Any]:
    name, day = facts["figure"], law.on(facts["day"])
    value = day.find(name)
    source = None if value is None else day.source(name)
    told = {"act": source and source.act, "source": source and str(source)}
    return {"value": list(value) if isinstance(value, tuple) else value, **told}


QUESTIONS: dict[str, Callable[[Mapping[str, Any], Law], dict[str, Any]]] = {
    "group": _group,
    "assessment": _assessment,
    "deadlines": _deadlines,
    "complaint_review": _complaint_review,
    "complaint_rest": _complaint_rest,
    "access": _access,
    "price": _price,
    "figure": _figure,
}


def _differences(path: str, expected: Any, answer: Any) -> Iterator[str]:
    if isinstance(expected, Mapping) and isinstance(answer, Mapping):
        for name, value in expected.items():
            yield from _differences(f"{path}.{name}".lstrip("."), value, answer.get(name, ABSENT))
        if path == "deadlines":
            yield from (f"deadlines.{name}: ikke ventet" for name in answer if name not in expected)
    elif isinstance(expected, list) and isinstance(answer, list) and len(expected) == len(answer):
        for number, (value, found) in enumerate(zip(expected, answer, strict=True)):
            yield from _differences(f"{path}[{number}]", value, found)
    elif _shown(expected) != _shown(answer):
        yield f"{path}: ventet {_shown(expected)!r}, fik {_shown(answer)!r}"


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def check_rules(path: Path, on: date) -> RulesReport:
    """Check the rules of a folder: load all figures, run all cases, list figures not checked for a year.

    Raises RuleFileRejected when a file cannot be read.
    """
    law, cases = load_law(path), load_cases(path)
    results = {case.title: run_case(case, law) for case in cases}
    year_ago = months_before(on, 12)
    unchecked = filter(partial(_is_unchecked, law, year_ago), law.names())
    return RulesReport(
        parameters=len(law.names()),
        cases=len(cases),
        failed={name: differences for name, differences in results.items() if differences},
        unchecked=tuple(unchecked),
    )


def _is_unchecked(law: Law, year_ago: date, name: str) -> bool:
    return law.parameter(name).checked_on < year_ago
