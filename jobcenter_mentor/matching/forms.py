"""Formularen til valget af mentor."""

from collections.abc import Iterable

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from jobcenter_mentor.web.forms import BaseForm, ChoiceField

WISH = {"yes": True, "no": False}


class MatchForm(BaseForm):
    """Vælg mentor: who, whether the citizen's wish is followed, and why where a reason is asked."""

    mentor = ChoiceField("Mentor", choices=[], validators=[InputRequired("Vælg en mentor.")])
    wish_followed = ChoiceField(
        "Er borgerens ønske fulgt?", choices=[("", "Vælg"), ("yes", "Ja"), ("no", "Nej")], default=""
    )
    choice_reason = TextAreaField(
        "Begrundelse",
        validators=[Length(max=500, message="Højst 500 tegn.")],
        description="Kræves ved flere timer, end mentor har, når et ønske ikke følges, og ved skift af mentor.",
    )
    version = HiddenField()

    def offer(self, mentors: Iterable[tuple[str, str]]) -> None:
        """Let the ranked mentors be chosen, the first one beforehand."""
        self.mentor.choices = list(mentors)

    def wish(self) -> bool | None:
        """Return the answer on the wish, None when it was not given."""
        return WISH.get(self.wish_followed.data or "")

    def version_shown(self) -> int | None:
        """Return the version of the course the page was opened on."""
        return int(self.version.data) if (self.version.data or "").isdecimal() else None
