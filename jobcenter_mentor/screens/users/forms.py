"""The forms of log-in, of the reason for a look, and of users."""

from typing import Any

from wtforms import HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from jobcenter_mentor.platform.pages.forms import BaseForm, ChoiceField, DanishDateField, EmailAddress

Choices = list[tuple[str, str]]


class LoginForm(BaseForm):
    """Log in."""

    username = StringField("Brugernavn", [InputRequired("Skriv dit brugernavn."), Length(max=80)])
    password = PasswordField("Adgangskode", [InputRequired("Skriv din adgangskode."), Length(max=200)])
    next = HiddenField()


class LookupReasonForm(BaseForm):
    """The reason for a look (begrundelse)."""

    reason = TextAreaField(
        "Hvorfor har du brug for at se det?",
        [InputRequired("Skriv en begrundelse."), Length(8, 300, "Skriv mellem 8 og 300 tegn.")],
        description="Begrundelsen skrives i hændelsesloggen. Skriv ikke navne eller CPR-numre.",
    )
    next = HiddenField()


class UserForm(BaseForm):
    """A new user."""

    username = StringField("Brugernavn", [InputRequired("Skriv et brugernavn."), Length(max=80)])
    full_name = StringField("Navn", [InputRequired("Skriv brugerens navn."), Length(max=120)])
    email = StringField("E-mail", [Optional(), Length(max=200), EmailAddress()])
    password = PasswordField(
        "Første adgangskode", [InputRequired("Skriv en adgangskode.")], description="Mindst 10 tegn."
    )


class EmailForm(BaseForm):
    """The user's e-mail, where the mail of the morning goes."""

    email = StringField(
        "E-mail", [Optional(), Length(max=200), EmailAddress()], description="Tom: brugeren får ingen påmindelser."
    )


class PasswordForm(BaseForm):
    """A new password for a user who has forgotten the old one."""

    password = PasswordField("Ny adgangskode", [InputRequired("Skriv en adgangskode.")], description="Mindst 10 tegn.")


class TeamForm(BaseForm):
    """A new team."""

    name = StringField("Teamets navn", [InputRequired("Skriv teamets navn."), Length(max=80)])


class TokenForm(BaseForm):
    """A new API key."""

    name = StringField(
        "System", [InputRequired("Skriv, hvilket system nøglen er til."), Length(max=80)], description="Fx Fagsystemet."
    )
    valid_from = DanishDateField("Fra", [InputRequired("Skriv en dato.")])
    valid_to = DanishDateField("Til og med", [InputRequired("Skriv en dato.")], description="Højst et år.")

    def told(self) -> dict[str, Any]:
        """Return the fields of the new key."""
        return {"name": self.name.data, "valid_from": self.valid_from.data, "valid_to": self.valid_to.data}


class RoleForm(BaseForm):
    """A new role of a user.

    `reach` is "team:3", "supplier:1", "mentor:7" or empty: all teams, or none needed.
    """

    role = ChoiceField("Rolle")
    reach = ChoiceField("Team, leverandør eller mentor", default="")
    valid_from = DanishDateField("Fra", [InputRequired("Skriv en dato.")])
    valid_to = DanishDateField("Til og med", [Optional()], description="Tom: indtil videre.")

    def offer(self, roles: Choices, reach: Choices) -> None:
        """Fill the lists of choices."""
        self.role.choices = roles
        self.reach.choices = [("", "Ingen eller alle"), *reach]

    def role_given(self) -> dict[str, Any]:
        """Return the fields of the new role, with the reach as the row id it names."""
        kind, _, key = (self.reach.data or "").partition(":")
        given = {"role": self.role.data, "valid_from": self.valid_from.data, "valid_to": self.valid_to.data}
        return given | ({f"{kind}_id": int(key)} if key else {})
