"""The schema of a referral, used for the API's JSON and for the rows of the sheet, with Danish messages."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.needs import TASKS
from jobcenter_mentor.domain.kernel.target_groups import benefit_code, mentor_type_code, visitation_code
from jobcenter_mentor.domain.law.facts import EDUCATION_KINDS

DATE_SHAPES = ("%d-%m-%Y", "%d.%m.%Y", "%d/%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
TASK_CODES = {label.casefold(): code for code, label in TASKS.items()} | {code: code for code in TASKS}
YES_OR_NO = {"ja": True, "nej": False}
CAUSES = {"personlige forhold": "personal", "personal": "personal", "": None}
MISSING: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "Mangler.",
    "null": "Mangler.",
    "invalid": "Skal være tekst.",
}
TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
NAMES = {"type": "array", "items": {"type": "string"}}
"""What a description of the API says of our own kinds of field."""
NOT_KNOWN = {"unknown": "Feltet kendes ikke."}


class DanishDate(fields.Field[date]):
    """A date with the day first, in ISO form, or from a date cell."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        for shape in DATE_SHAPES:
            try:
                return datetime.strptime(str(value).strip(), shape).date()
            except ValueError:
                continue
        raise ValidationError("Ikke en gyldig dato. Skriv dd-mm-åååå.")


class Minutes(fields.Field[int]):
    """Hours a week, written 2,5 or 2.5, as whole minutes rounded half up."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        try:
            hours = Decimal(str(value).strip().replace(",", "."))
        except InvalidOperation as error:
            raise ValidationError("Skriv timer som tal, fx 2,5.") from error
        if isinstance(value, bool) or not hours.is_finite():
            raise ValidationError("Skriv timer som tal, fx 2,5.")
        if not 0 < hours <= 168:
            raise ValidationError("Uden for det tilladte (over 0 og højst 168).")
        return int((hours * 60).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


class Weeks(fields.Field[int]):
    """Weeks as a whole number, also from a number cell such as 26.0."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        text = str(value).strip().removesuffix(".0")
        if isinstance(value, bool) or not text.isdecimal() or not text.isascii() or len(text) > 4:
            raise ValidationError("Skriv et helt tal.")
        return int(text)


class YesNo(fields.Field[bool]):
    """A yes or no in Danish; the API may send true and false."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if isinstance(value, bool):
            return value
        answer = YES_OR_NO.get(str(value).strip().casefold())
        if answer is None:
            raise ValidationError("Skriv Ja eller Nej.")
        return answer


class Tasks(fields.Field[list[str]]):
    """Tasks: Danish names separated by semicolons, or a list of names or codes."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        names = [str(name).strip() for name in (value if isinstance(value, list) else str(value).split(";"))]
        unknown = [name for name in names if name and name.casefold() not in TASK_CODES]
        if unknown:
            raise ValidationError(f"Ukendt opgave: {'; '.join(unknown)}. Tilladt: {'; '.join(TASKS.values())}.")
        return [TASK_CODES[name.casefold()] for name in names if name]


class Named(fields.Field[str]):
    """A choice by its Danish name: `read` returns the code, and its error is the message."""

    def __init__(self, read: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            code: str = self.read(str(value))
        except DomainError as error:
            raise ValidationError(error.message) from error
        return code


def _text(most: int, *, required: bool = False) -> fields.String:
    length = validate.Length(1 if required else 0, most, error=f"Højst {most} tegn, og ikke tom.")
    if required:
        return fields.String(validate=length, error_messages=MISSING, required=True)
    return fields.String(validate=length, error_messages=MISSING, load_default="")


class ReferralRowSchema(Schema):
    """A referral as a row: the fields an import profile or the API fills; unknown ones are refused.

    `benefit`, `visitation` and `mentor_type` are Danish names and become codes; `hours` becomes `minutes_per_week`.
    """

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE

    error_messages = NOT_KNOWN

    cpr = _text(20, required=True)
    first_name = _text(100, required=True)
    last_name = _text(100, required=True)
    benefit = Named(benefit_code, required=True, error_messages=MISSING, metadata=TEXT)
    visitation = Named(visitation_code, load_default=None, allow_none=True, metadata=TEXT)
    has_education = YesNo(load_default=None, allow_none=True, metadata={"type": "boolean"})
    referred_on = DanishDate(required=True, error_messages=MISSING, metadata=DAY)
    caseworker = _text(120)
    goal = _text(1000, required=True)
    tasks = Tasks(required=True, error_messages=MISSING, metadata=NAMES)
    hours = Minutes(required=True, attribute="minutes_per_week", error_messages=MISSING, metadata={"type": "number"})
    weeks = Weeks(required=True, error_messages=MISSING, metadata={"type": "integer"})
    mentor_type = Named(mentor_type_code, load_default="INT", metadata=TEXT)
    wishes = _text(500)
    consulted = YesNo(required=True, error_messages=MISSING, metadata={"type": "boolean"})
    can_take_other_offers = YesNo(load_default=None, allow_none=True, metadata={"type": "boolean"})
    reason = _text(200)

    @post_load
    def _with_cause(self, data: Mapping[str, Any], **_kwargs: Any) -> Mapping[str, object]:
        """Add the code of why the citizen can't take other offers: personal, or other where any reason is given."""
        cause = data["reason"].strip().casefold()
        without = data["can_take_other_offers"] is False
        return {**data, "cannot_because": CAUSES.get(cause, "other") if without else None}


class ReferralBody(ReferralRowSchema):
    """A referral over the API (henvisning): the fields of the row, and more that the law may ask.

    `start` is the first day, else that of the referral; `direct_hours` are those of direct contact, all where not
    given.
    """

    start = DanishDate(load_default=None, allow_none=True, metadata=DAY)
    hours_reason = _text(300)
    direct_hours = Minutes(
        load_default=None, allow_none=True, attribute="direct_minutes_per_week", metadata={"type": "number"}
    )
    education_kind = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(EDUCATION_KINDS, error="Skal være en af: {choices}."),
    )
    education_admission_date = DanishDate(load_default=None, allow_none=True, metadata=DAY)
    first_offer = YesNo(load_default=None, allow_none=True, metadata={"type": "boolean"})
    refugee_full_refund = YesNo(load_default=None, allow_none=True, metadata={"type": "boolean"})
    beyond_normal = YesNo(load_default=None, allow_none=True, metadata={"type": "boolean"})
    decisive = YesNo(load_default=None, allow_none=True, metadata={"type": "boolean"})


class ReferralAnswer(Schema):
    """A referral as the API returns it: no CPR number, and a protected name only as the user may see it."""

    id = fields.String(attribute="public_id")
    case_number = fields.String()
    citizen = fields.String()
    referred_on = fields.Date()
    start = fields.Date()
    weeks = fields.Integer()
    minutes_per_week = fields.Integer()
    mentor_type = fields.String()
    closed_on = fields.Date(allow_none=True)
    closed_reason = fields.String()


class ReferralDetails(ReferralAnswer):
    """A referral with what is asked for in it."""

    goal = fields.String()
    tasks = fields.List(fields.String())
    wishes = fields.String()
    consulted = fields.Boolean()
    can_take_other_offers = fields.Boolean(allow_none=True)
    first_offer = fields.Boolean(allow_none=True)


class WaitingReferral(ReferralAnswer):
    """A referral on the waiting list (venteliste); `waited_days` counts from the referral."""

    caseworker = fields.String(allow_none=True)
    waited_days = fields.Integer()


class WaitingListSchema(Schema):
    """A page of the waiting list: `count` is the number of all referrals, `pages` the number of pages."""

    count = fields.Integer()
    page = fields.Integer()
    pages = fields.Integer()
    rows = fields.List(fields.Nested(WaitingReferral))


class PageAsked(Schema):
    """The page asked for, counted from 1."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000, error="Skal være mindst 1."))
