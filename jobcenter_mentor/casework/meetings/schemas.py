"""Række i arket `meetings`, and the same fields over the API: checks values, knows nothing of headings or tables."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from jobcenter_mentor.domain.kernel.needs import ABSENCE_REASONS, CONTACT_FORMS, TASKS


class MeetingRow(Schema):
    """Møde: `minutes` is its length, and the codes are those of `domain.needs`; the course's days are the service's."""

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
        """A meeting held has a length and no reason for absence; one not held has a reason."""
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
    """Møde over API'et: the row with the id of its course."""

    course = fields.String(required=True)


class MeetingAnswer(Schema):
    """Registreret møde, som API'et viser det; `warnings` are what a reader should see twice."""

    id = fields.String(attribute="public_id")
    met_on = fields.Date()
    form = fields.String()
    held = fields.Boolean()
    minutes = fields.Integer()
    absence_reason = fields.String()
    topics = fields.List(fields.String())
    warnings = fields.List(fields.String())
