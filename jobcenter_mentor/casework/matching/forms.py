"""The forms of matching: the choice of a mentor, the lines of a plan, wishes, pins and substitutes."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from jobcenter_mentor.domain.law.missing import BEYOND_AND_DECISIVE
from jobcenter_mentor.domain.matching.pairs import EXCLUSIONS
from jobcenter_mentor.platform.pages.forms import (
    BaseForm,
    ChoiceField,
    DanishDateField,
    VersionedForm,
    at_most,
)

WISH = {"yes": True, "no": False}
YES_NO = [("", "Vælg"), ("yes", "Ja"), ("no", "Nej")]


class MatchForm(VersionedForm):
    """Choose a mentor: who, whether the citizen's wish is followed, and why where a reason is required."""

    mentor = ChoiceField("Mentor", [InputRequired("Vælg en mentor.")])
    wish_followed = ChoiceField("Er borgerens ønske fulgt?", choices=YES_NO, default="")
    beyond_normal = ChoiceField(BEYOND_AND_DECISIVE, choices=YES_NO, default="")
    choice_reason = TextAreaField(
        "Begrundelse",
        [at_most(500)],
        description="Kræves ved flere timer, end mentoren har, når et ønske ikke følges, ved skift af mentor, og når "
        "prisen eller mentortypen er en anden end den godkendte.",
    )

    def offer(self, mentors: Iterable[tuple[str, str]]) -> None:
        """Offer the ranked mentors, the first one chosen beforehand."""
        self.mentor.choices = list(mentors)

    def told(self) -> dict[str, Any]:
        """Return the answers by the names of `choice.Answers`; None means not answered."""
        return _answers(self)


class PlanLineApprovalForm(BaseForm):
    """Accept a line of the plan: whether the wish is followed, and why where a reason is required."""

    wish_followed = ChoiceField("Ønske fulgt?", choices=YES_NO, default="")
    beyond_normal = ChoiceField(BEYOND_AND_DECISIVE, choices=YES_NO, default="")
    choice_reason = StringField("Begrundelse", [at_most(500)])

    def told(self) -> dict[str, Any]:
        """Return the answer by the names of `plan_acceptance.accept_line`."""
        return _answers(self)


class WishForm(BaseForm):
    """The citizen's wish (ønske): what was said, and when the citizen was asked."""

    asked_on = DanishDateField("Spurgt den", [InputRequired("Skriv, hvornår borgeren er spurgt.")])
    wishes = StringField("Borgerens ønske", [at_most(500)], description="Tomt, når borgeren intet ønske har.")


class PinForm(BaseForm):
    """Hold on to a mentor (fasthold), before a plan is made."""

    mentor = ChoiceField("Mentor", [InputRequired("Vælg en mentor.")])
    reason = StringField("Hvorfor", [at_most(300)])


class ExclusionForm(BaseForm):
    """Exclude a mentor for the citizen (udelukkelse)."""

    mentor = ChoiceField("Mentor", [InputRequired("Vælg en mentor.")])
    kind = ChoiceField("Grund", choices=[("", "Vælg"), *EXCLUSIONS.items()], default="")
    reason = StringField("Begrundelse", [at_most(300)])


class MeetingForm(BaseForm):
    """An informal meeting (uformelt møde): who, when and where."""

    mentor = ChoiceField("Mentor", [InputRequired("Vælg en mentor.")])
    planned_on = DanishDateField("Dag", [InputRequired("Skriv dagen.")])
    place = StringField("Sted", [at_most(120)])


class MetForm(BaseForm):
    """How the informal meeting went."""

    meeting = HiddenField()
    went_well = ChoiceField("Blev det et match?", choices=[("", "Vælg"), ("yes", "Ja"), ("no", "Nej")], default="")
    note = StringField("Begrundelse", [at_most(300)])


class LiftForm(BaseForm):
    """Lift an exclusion, with a reason."""

    exclusion = HiddenField()
    lift_reason = StringField("Hvorfor ophæves den?", [at_most(300)])


class SubstituteForm(BaseForm):
    """Choose a substitute (vikar) for one course, with a reason where it must be approved."""

    grant = HiddenField()
    mentor = HiddenField()
    beyond_normal = ChoiceField(BEYOND_AND_DECISIVE, choices=YES_NO, default="")
    choice_reason = StringField("Begrundelse", [at_most(500)])

    def told(self) -> dict[str, Any]:
        """Return the answers by the names of `choice.Answers`."""
        return _answers(self)


class MatchApprovalForm(BaseForm):
    """Approve a match, with a reason where the team leader lets it go beyond the frame."""

    beyond_reason = TextAreaField("Begrundelse for at gå over rammen", [at_most(500)])


class MatchReturnForm(BaseForm):
    """Send a match back, with what is to be chosen instead."""

    comment = TextAreaField("Kommentar til den, der har valgt", [at_most(500)])


def _answers(form: MatchForm | PlanLineApprovalForm | SubstituteForm) -> dict[str, Any]:
    wish = form["wish_followed"].data if "wish_followed" in form else ""
    return {
        "choice_reason": form.choice_reason.data or "",
        "wish_followed": WISH.get(wish or ""),
        "beyond_normal": WISH.get(form.beyond_normal.data or ""),
    }


FORMS = {
    "wish": WishForm,
    "pin": PinForm,
    "exclude": ExclusionForm,
    "meet": MeetingForm,
    "met": MetForm,
    "lift": LiftForm,
}
"""The small forms beside the ranking, by name."""
