"""Return the spending boundary of a year (beløbsgrænse, LAB § 203 a), as information.

It is what all municipalities together may use for each full-time person.
"""

from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.domain.law.law import Law, Source

PER_PERSON = "reimbursement.spending_boundary"
PERSONS = "local.full_time_persons"


@dataclass(frozen=True)
class Boundary:
    """The boundary of a year (beløbsgrænse): øre for each full-time person, and the municipality's own persons.

    None means not known. It limits the budget guarantee of all municipalities together, after refund, and never the
    single citizen.
    """

    year: int
    per_person: int | None
    persons: int | None
    source: Source

    @property
    def amount(self) -> int | None:
        """Return the boundary times the full-time persons (fuldtidspersoner), in øre."""
        return None if self.per_person is None or self.persons is None else self.per_person * self.persons


def boundary_of(law: Law, year: int) -> Boundary | None:
    """Return the spending boundary of a year (beløbsgrænse), None in a year before the law had one."""
    day = date(year, 12, 31)
    dated = [value for value in law.parameter(PER_PERSON).values if value.valid_from <= day]
    if not dated:
        return None
    per_person, persons = dated[-1].value, law.on(day).find(PERSONS)
    return Boundary(year, _whole(per_person), _whole(persons), dated[-1].source)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
