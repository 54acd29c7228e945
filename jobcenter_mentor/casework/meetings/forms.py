"""Forms of the log, made for a phone, and of the links to people without a login."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import UUID, DataRequired, InputRequired, Optional, Regexp

from jobcenter_mentor.domain.kernel.needs import PROGRESS, SUBJECTS, TASKS
from jobcenter_mentor.platform.pages.forms import (
    BaseForm,
    ChoicesField,
    DanishDateField,
    RadiosField,
    WholeNumberField,
    at_most,
)

HOW = {
    "in_person": ("Vi mødtes", "in_person", ""),
    "phone": ("Telefon", "phone", ""),
    "citizen": ("Borgeren kom ikke", "in_person", "citizen"),
    "online": ("Online", "online", ""),
    "sms": ("Sms", "sms", ""),
    "mentor": ("Jeg måtte aflyse", "in_person", "mentor"),
    "illness": ("Sygdom", "in_person", "illness"),
    "other": ("Anden grund", "in_person", "other"),
}
"""Answers to how they were in contact: label, form of contact, and why it was not held (empty when it was)."""

FIRST_CHOICES = 3
"""How many of the answers are shown first; the rest are folded."""

LENGTHS = {"30": "½ t", "60": "1 t", "90": "1½ t", "120": "2 t", "other": "Andet"}


class LogForm(BaseForm):
    """Form for a logged meeting; `form_id` makes a form that is sent twice one meeting."""

    form_id = HiddenField("Formularen", [UUID("Formularen kan ikke genkendes. Åbn siden igen.")])
    how = RadiosField(
        "Hvordan var I i kontakt?",
        [InputRequired("Vælg, hvordan I var i kontakt.")],
        choices={code: words for code, (words, _, _) in HOW.items()},
    )
    length = RadiosField("Hvor længe?", [Optional(strip_whitespace=False)], choices=LENGTHS)
    minutes = WholeNumberField("Andet antal minutter")
    began = StringField(
        "Begyndte kl.",
        [Optional(), Regexp(r"^([01]?\d|2[0-3])[.:]?[0-5]\d$", message="Skriv klokkeslættet, fx 10.30.")],
    )
    topics = ChoicesField("Hvad arbejdede I med?", choices=TASKS)
    subjects = ChoicesField("Hvad talte I om?", choices=SUBJECTS)
    goal_id = RadiosField("Hvilket mål?", [Optional(strip_whitespace=False)], choices={})
    progress = RadiosField("Målet", [Optional(strip_whitespace=False)], choices=PROGRESS)
    met_on = DanishDateField("Dato", [InputRequired("Skriv den dag, I var i kontakt, fx 15-10-2014.")])
    special_reason = StringField(
        "Særlig grund til telefon eller online",
        [at_most(300)],
        description="Uden en særlig grund tæller kun et møde med fremmøde som den lovpligtige kontakt.",
    )
    note = TextAreaField(
        "Note",
        [at_most(4000)],
        description="Noten er en del af sagen. Borgeren kan få den at se. Skriv ikke CPR-nummer eller diagnoser.",
    )
    next_step = StringField("Næste skridt", [at_most(300)], description="Fx »Ringer til lægen inden fredag«")
    next_on = DanishDateField("Næste møde, dato")
    next_meeting = StringField("Tid og sted", [at_most(80)], description="Fx kl. 10.00, busstationen")
    concern = BooleanField("Jeg er bekymret for borgeren")

    def offer(self, tasks: Iterable[str], goals: Mapping[int, str], chosen: Iterable[str] = ()) -> None:
        """Offer the tasks and open goals of the course, and the tasks that a log entry already names."""
        self.goal_id.choices = {str(key): text for key, text in goals.items()}
        offered = {*tasks, *chosen}
        self.topics.choices = {code: words for code, words in TASKS.items() if code in offered}

    def told(self) -> dict[str, Any]:
        """Return the answers by the names of the log."""
        _, contact, absence_reason = HOW[self.how.data]
        typed = self.minutes.data if self.length.data == "other" else int(self.length.data or 0)
        return {
            "form_id": self.form_id.data,
            "met_on": self.met_on.data,
            "form": contact,
            "held": not absence_reason,
            "absence_reason": absence_reason,
            "minutes": 0 if absence_reason else typed or 0,
            "began": None if absence_reason else _minutes_of(self.began.data),
            "subjects": tuple(self.subjects.data or ()),
            "goal_id": int(self.goal_id.data) if self.goal_id.data else None,
            "next_step": self.next_step.data or "",
            "topics": tuple(self.topics.data or ()),
            "progress": self.progress.data or "",
            "note": self.note.data or "",
            "special_reason": self.special_reason.data or "",
            "next_on": self.next_on.data,
            "next_meeting": self.next_meeting.data or "",
            "concern": self.concern.data,
        }


def answers_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of the form for a stored log entry: the reverse of `LogForm.told`."""
    usual = f"{told['minutes']}" if f"{told['minutes']}" in LENGTHS else "other"
    how = told["form"] if told["held"] else told["absence_reason"]
    began = "" if told["began"] is None else f"{told['began'] // 60}.{told['began'] % 60:02d}"
    goal = "" if told["goal_id"] is None else str(told["goal_id"])
    return {**told, "how": how, "length": usual, "began": began, "goal_id": goal}


def _minutes_of(clock: str | None) -> int | None:
    """Return minutes past midnight of a time such as 9.30, None for an empty field."""
    digits = "".join(c for c in clock or "" if c.isdigit())
    return int(digits[:-2]) * 60 + int(digits[-2:]) if digits else None


class ReplyForm(BaseForm):
    """Form for an answer to a note (svar på en note)."""

    text = TextAreaField("Svar til mentoren", [DataRequired("Skriv et svar."), at_most(2000)])


class LinkForm(BaseForm):
    """Form for a link to a mentor without a login."""

    expires_on = DanishDateField("Linket gælder til og med", [InputRequired("Skriv en dag, fx 15-11-2014.")])


CONFIRMED = {
    "in_person": ("Mødtes du med din mentor?", "Ja, vi mødtes", "Nej, vi mødtes ikke"),
    "phone": ("Talte du i telefon med din mentor?", "Ja, vi talte i telefon", "Nej, vi talte ikke i telefon"),
    "online": ("Havde du et onlinemøde med din mentor?", "Ja, vi mødtes online", "Nej, vi mødtes ikke online"),
    "sms": ("Skrev du og din mentor sms til hinanden?", "Ja, vi skrev sms", "Nej, vi skrev ikke sms"),
}
"""What the citizen is asked, by form of contact: the question, yes and no."""


class MeetingConfirmationForm(BaseForm):
    """Form for the citizen's answer on whether the contact took place; `form_id` makes a form sent twice one answer."""

    form_id = HiddenField("Formularen", [UUID("Formularen kan ikke genkendes. Åbn siden igen.")])
    answer = RadiosField(
        "Svar",
        [InputRequired("Vælg et svar.")],
        choices={"yes": "Ja", "no": "Nej", "unsure": "Jeg kan ikke huske det"},
    )

    def ask_of(self, contact: str) -> str:
        """Ask about the form of contact that was logged; returns the question."""
        question, yes, no = CONFIRMED[contact]
        self.answer.label.text = question
        self.answer.choices = {"yes": yes, "no": no, "unsure": "Jeg kan ikke huske det"}
        return question
