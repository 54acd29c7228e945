"""Brevets oplysninger: what a letter prints, as plain values; the templates hold the fixed words around them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Sender:
    """Afsender: the municipality and the person who signs; the fields of `Municipality` and the user's full name."""

    municipality: str
    jobcentre: str
    address: str = ""
    phone: str = ""
    email: str = ""
    caseworker: str = ""


@dataclass(frozen=True)
class DecisionValues:
    """Afgørelsens oplysninger, for a grant as well as for a refusal, a reduction and an ending (law.md section 9).

    `recipient` and `copy_to` come from `citizens.considerations.addressee`: name first, then address lines.
    `verdict` is one plain Danish sentence, `group` e.g. "Kontanthjælp, aktivitetsparat (LAB § 2, nr. 3)", `duty_text`
    says whether it is a right, a right and duty, or an offer. Nothing of it speaks of reimbursement and frame.
    `minutes_per_week` and period are None where nothing is granted. `contact_interval_days` is None without right and
    duty. `follow_ups` pairs a day with its words. `considerations` are the hensyn that weighed most.
    For burdening letters: `hearing` (what was sent, the answer, the day), `beyond_normal`, `other_help` (SEL § 85,
    § 99, personal assistance, SPS) and, of an ending, `afterwards` (whom to turn to).
    `complaint_weeks` and `review_weeks` follow retssikkerhedslovens §§ 66-67; `complaint_body` is the one of the day.
    """

    sender: Sender
    recipient: tuple[str, ...]
    case_number: str
    letter_date: date
    title: str
    verdict: str
    legal_basis: str
    group: str
    goal: str
    mentor_type: str
    duty_text: str
    reasons: str
    tasks: tuple[str, ...] = ()
    minutes_per_week: int | None = None
    start: date | None = None
    last_day: date | None = None
    contact_interval_days: int | None = None
    plan_text: str = ""
    follow_ups: tuple[tuple[date, str], ...] = ()
    hearing: str = ""
    considerations: tuple[str, ...] = ()
    beyond_normal: str = ""
    other_help: str = ""
    afterwards: str = ""
    complaint_weeks: int = 4
    review_weeks: int = 4
    complaint_body: str = ""
    copy_to: str = ""


@dataclass(frozen=True)
class HearingValues:
    """Høringsbrevets oplysninger: what is planned (`verdict`), why, and the last day to answer."""

    sender: Sender
    recipient: tuple[str, ...]
    case_number: str
    letter_date: date
    title: str
    verdict: str
    legal_basis: str
    reasons: str
    answer_by: date
    copy_to: str = ""


@dataclass(frozen=True)
class AgreementValues:
    """Mentoraftalens oplysninger: the six items of LAB § 31 c, stk. 2, and what practice adds.

    Minutes are minutes a week. `mentor_contact` is phone and e-mail, `place` the ordinary meeting place,
    `terms` the further points by heading.
    """

    sender: Sender
    recipient: tuple[str, ...]
    case_number: str
    letter_date: date
    legal_basis: str
    goal: str
    tasks: tuple[str, ...]
    mentor_name: str
    mentor_contact: str
    start: date
    last_day: date
    minutes_per_week: int
    duty_text: str
    mentor_employer: str = ""
    qualification: str = ""
    beyond_normal: str = ""
    contact_interval_days: int | None = None
    place: str = ""
    follow_ups: tuple[tuple[date, str], ...] = ()
    complaint_weeks: int = 4
    review_weeks: int = 4
    complaint_body: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    copy_to: str = ""
