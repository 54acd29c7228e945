"""Every worked case that is an assessment under the law as it is printed, assessed once for the tests that ask all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.law_figures.loader import law
from jobcenter_mentor.platform.law_figures.worked_cases import load_cases


@dataclass(frozen=True)
class Assessed:
    """A worked case with its day and what the law answers."""

    name: str
    day: date
    assessment: Assessment


def _assessed() -> Iterator[Assessed]:
    for case in load_cases(resource_dir("rules")):
        if case.ask == "assessment" and not case.local and "error" not in case.expect:
            try:
                assessment = assess(facts_from_dict(case.facts), law())
            except DomainError:
                continue
            yield Assessed(case.name, case.facts["date"], assessment)


ASSESSED = tuple(_assessed())
