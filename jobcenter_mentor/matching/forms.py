"""Formularen til valget af mentor."""

from collections.abc import Iterable
from typing import Any

from wtforms import TextAreaField
from wtforms.validators import InputRequired

from jobcenter_mentor.web.forms import ChoiceField, VersionedForm, at_most

WISH = {"yes": True, "no": False}


class MatchForm(VersionedForm):
    """Vælg mentor: who, whether the citizen's wish is followed, and why where a reason is asked."""

    mentor = ChoiceField("Mentor", [InputRequired("Vælg en mentor.")])
    wish_followed = ChoiceField(
        "Er borgerens ønske fulgt?", choices=[("", "Vælg"), ("yes", "Ja"), ("no", "Nej")], default=""
    )
    choice_reason = TextAreaField(
        "Begrundelse",
        [at_most(500)],
        description="Kræves ved flere timer, end mentoren har, når et ønske ikke følges, og ved skift af mentor.",
    )

    def offer(self, mentors: Iterable[tuple[str, str]]) -> None:
        """Let the ranked mentors be chosen, the first one beforehand."""
        self.mentor.choices = list(mentors)

    def told(self) -> dict[str, Any]:
        """Return the choice by the names of `matching.service.choose`; the wish is None when it was not answered."""
        return {
            "choice_reason": self.choice_reason.data or "",
            "wish_followed": WISH.get(self.wish_followed.data or ""),
            "version": self.version.data,
        }
