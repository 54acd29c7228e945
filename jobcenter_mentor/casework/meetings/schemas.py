"""Schemas for a row of the sheet `meetings` and for the same fields over the API; headings and tables are elsewhere."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from jobcenter_mentor.domain.kernel.needs import ABSENCE_REASONS, CONTACT_FORMS, TASKS


class MeetingRow(Schema):
    """A meeting (møde): `minutes` is its length and codes are those of `kernel.needs`.

    The service checks the days of the course.
    """

    met_on = fields.Date(required=True)
    form = fields.String(required=True, validate=validate.OneOf(CONTACT_FORMS, error="choice: Ukendt kontaktform."))
    held = fields.Boolean(required=True)
    minutes = fields.Integer(
        load_default=0, validate=validate.Range(0, 720, error="number_range: Fra 0 til 720 minutter (12 timer).")
    )
    absence_reason = fields.String(
        load_default="", validate=validate.OneOf(["", *ABSENCE_REASONS], error="choice: Ukendt årsag.")
    )
    topics = fields.List(fields.String(validate=validate.OneOf(TASKS, error="choice: Ukendt emne.")), load_default=list)
    note = fields.String(load_default="", validate=validate.Length(max=4000, error="too_long: Højst 4.000 tegn."))

    @validates_schema
    def held_or_why_not(self, told: dict[str, Any], **_kwargs: Any) -> None:
        """Check that a meeting held has a length and no reason for absence, and that one not held has a reason."""
        held = told.get("held")
        if held and not told.get("minutes"):
            raise ValidationError("required: Skriv, hvor mange minutter mødet varede.", "minutes")
        if held and told.get("absence_reason"):
            raise ValidationError(
                "cross_field: Et møde, der blev afholdt, har ingen årsag til fravær.", "absence_reason"
            )
        if held is False and not told.get("absence_reason"):
            raise ValidationError("required: Skriv, hvorfor mødet ikke blev afholdt.", "absence_reason")


class MeetingBody(MeetingRow):
    """A meeting over the API: the row with the id of its course."""

    course = fields.String(required=True)


class MeetingAnswer(Schema):
    """A logged meeting, as the API shows it, with the warnings a reader should see."""

    id = fields.String(attribute="public_id")
    met_on = fields.Date()
    form = fields.String()
    held = fields.Boolean()
    minutes = fields.Integer()
    absence_reason = fields.String()
    topics = fields.List(fields.String())
    warnings = fields.List(fields.String())
