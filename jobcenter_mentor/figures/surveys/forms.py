"""The forms for rounds (runder) and for the questionnaire, which is made of its questions."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from jobcenter_mentor.platform.pages.forms import (
    BaseForm,
    ChoiceField,
    ChoicesField,
    DanishDateField,
    HoursField,
    RadiosField,
    at_most,
)

MOST_MINUTES = 37 * 60


class RoundForm(BaseForm):
    """A new round (ny runde): which questions, at what point and for whom."""

    title = StringField("Navn", [InputRequired("Skriv et navn til runden."), at_most(100)])
    questionnaire = ChoiceField("Spørgeskema", [InputRequired("Vælg et spørgeskema.")])
    point = ChoiceField("Tidspunkt", [InputRequired("Vælg et tidspunkt.")])
    first = DanishDateField("Forløb fra og med", [InputRequired("Skriv periodens første dag.")])
    last = DanishDateField("Til og med", [InputRequired("Skriv periodens sidste dag.")])
    closes_on = DanishDateField("Svar modtages til og med", [InputRequired("Skriv den sidste dag, der kan svares.")])

    def offer(self, questionnaires: Mapping[str, str], points: Mapping[str, str]) -> None:
        """Offer the questionnaires and points in time (spørgeskemaer og tidspunkter)."""
        self.questionnaire.choices, self.point.choices = dict(questionnaires), dict(points)

    def told(self) -> dict[str, Any]:
        """Return what a valid form says, by the names of `NewRound`."""
        names = ("title", "questionnaire", "point", "first", "last", "closes_on")
        return {name: self[name].data for name in names}


class FormQuestion(Protocol):
    """A question in the respondent's language (spørgsmål)."""

    @property
    def code(self) -> str:
        """The code of the question."""

    @property
    def kind(self) -> str:
        """The kind of the question: one, several or hours."""

    @property
    def text(self) -> str:
        """The text of the question."""

    @property
    def options(self) -> Mapping[str, str]:
        """The answers by code."""


class WeeklyHours(HoursField):
    """Hours a week (timer om ugen), with the error message in the respondent's language."""

    def __init__(self, *args: Any, wrong: str = "", **kwargs: Any) -> None:
        """Take the words of the error message."""
        super().__init__(*args, **kwargs)
        self.wrong = wrong

    def read(self, text: str) -> int:
        """Read hours like any other hours."""
        try:
            return super().read(text)
        except ValueError as error:
            raise ValueError(self.wrong) from error

    def pre_validate(self, form: Any) -> None:
        """Refuse more hours than a full week has, and negative hours."""
        if self.data is not None and not 0 <= self.data <= MOST_MINUTES:
            raise ValidationError(self.wrong)


def answer_form(questions: Sequence[FormQuestion], words: Mapping[str, str]) -> type[BaseForm]:
    """Return the form of the questionnaire (skema): a field a question, all required but those of several ticks."""
    hidden = {name: HiddenField(widget=HiddenInput()) for name in ("form_id", "respondent")}
    fields = {question.code: _field(question, words) for question in questions}
    return type("AnswerForm", (BaseForm,), {**hidden, **fields})


def answers_of(form: BaseForm, questions: Sequence[FormQuestion]) -> dict[str, Any]:
    """Return the answers (svar): by question a code, codes in the order of the form, or minutes a week."""
    return {question.code: form[question.code].data for question in questions}


def _field(question: FormQuestion, words: Mapping[str, str]) -> Any:
    if question.kind == "several":
        return ChoicesField(question.text, choices=dict(question.options))
    if question.kind == "hours":
        number = [InputRequired(words["hours_required"])]
        return WeeklyHours(question.text, number, wrong=words["hours_wrong"], description=words["hours_hint"])
    return RadiosField(question.text, [InputRequired(words["required"])], choices=dict(question.options))
