"""The values a letter prints (brevets oplysninger), plain values; the templates hold the fixed words around them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Sender:
    """The sender (afsender): the municipality and the person who signs; fields of `Municipality` and the full name."""

    municipality: str
    jobcentre: str
    address: str = ""
    phone: str = ""
    email: str = ""
    caseworker: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterValues:
    """The values of a letter: who sends it to whom, on which day and in which case, and the sections it rests on.

    `recipient`, `copy_to` and `represented_by` come from `citizens.considerations.addressee`: name first, then address
    lines. `data_notice` are the headings and texts of the first letter's page on the citizen's data.
    """

    sender: Sender
    recipient: tuple[str, ...]
    case_number: str
    letter_date: date
    legal_basis: tuple[str, ...]
    copy_to: str = ""
    represented_by: str = ""
    data_notice: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class TitledValues(LetterValues):
    """A letter with a heading: `title` is what the case calls it, `heading` what it says at its top.

    `verdict` is what it is about, in one plain Danish sentence.
    """

    title: str
    heading: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class DecisionValues(TitledValues):
    """The values of a decision (afgørelse): a grant, a refusal, a change or an ending.

    `standing` says the benefit and visitation, `duty_text` whether it is a right, a right and duty, or an offer.
    Nothing of it speaks of reimbursement and frame. `longest_months` is the most that the law gives at a time, and
    `in_plan` tells whether the agreement stands in Min Plan (from 2020).
    Hours and period are None where nothing is granted. `follow_ups` pairs a day with its words. `call_by` is the day
    the citizen hears from the office. `considerations` are the hensyn that weighed most.
    For burdening letters: `asked_from` (the day support was asked for from), `hearing` (what was sent, the answer, the
    day), `other_help` (SEL § 85, § 99, personal assistance, SPS) and, of an ending, `afterwards` (what to do now).
    `complaint_weeks`, `review_weeks` and `complaint_body` are those of the day. `unread` are the questions the law
    leaves open that the municipality has not said how it reads; no letter prints them and none leaves with any.
    """

    standing: str
    goal: str
    duty_text: str
    reasons: str
    tasks: tuple[str, ...] = ()
    mentor: str = ""
    goal_by: date | None = None
    minutes_per_week: int | None = None
    start: date | None = None
    last_day: date | None = None
    call_by: date | None = None
    in_plan: bool = False
    longest_months: int | None = None
    follow_ups: tuple[tuple[date, str], ...] = ()
    asked_from: date | None = None
    hearing: str = ""
    considerations: tuple[str, ...] = ()
    beyond_normal: str = ""
    other_help: str = ""
    afterwards: str = ""
    complaint_weeks: int = 4
    review_weeks: int = 4
    complaint_body: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HearingValues(TitledValues):
    """The values of a hearing letter (høringsbrev): the plan (`verdict`), the `facts`, why, and the last day.

    Each fact says where it comes from, and when (forvaltningsloven § 19).
    `unread` is as in a decision's letter.
    """

    reasons: str
    answer_by: date
    facts: tuple[str, ...] = ()
    considerations: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoticeValues(TitledValues):
    """The values of a notice (besked): a short letter that decides nothing, such as one about a complaint.

    `parts` are heading and words, what to do now among them, `asks_answer` whether the citizen is to answer.
    """

    parts: tuple[tuple[str, str], ...]
    asks_answer: bool = False


@dataclass(frozen=True, kw_only=True)
class AgreementValues(LetterValues):
    """The values of a mentor agreement (mentoraftale): what the law of the day asks for, and what practice adds.

    Minutes are minutes a week. `mentor_contact` is phone and e-mail, `place` the ordinary meeting place,
    `complaint_guidance` the agreement's own, `terms` the further points by heading. `demanded_by` is the section that
    asks for the items, empty where none does, and `in_plan` whether it asks for them in Min Plan.
    """

    goal: str
    tasks: tuple[str, ...]
    mentor_name: str
    mentor_contact: str
    start: date
    last_day: date
    minutes_per_week: int
    duty_text: str
    complaint_guidance: str = ""
    demanded_by: str = ""
    in_plan: bool = False
    mentor_employer: str = ""
    qualification: str = ""
    contact_interval_days: int | None = None
    place: str = ""
    terms: tuple[tuple[str, str], ...] = ()
