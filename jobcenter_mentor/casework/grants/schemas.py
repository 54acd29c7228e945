"""The schema of a row in the sheet of courses, also for the API: checks values, not headings or tables."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from jobcenter_mentor.domain.kernel.change_days import EDUCATION_BENEFIT_FROM
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, MENTOR_TYPES, VISITATIONS
from jobcenter_mentor.domain.law.agreement_items import longest_day


class CourseRow(Schema):
    """A running course: hours are minutes a week, the price øre an hour.

    Messages begin with the code of the contract.
    """

    class Meta:
        """Leave columns that are not a course's own, such as team, to the import."""

        unknown = EXCLUDE

    cpr = fields.String(required=True, validate=validate.Length(equal=10))
    first_name = fields.String(required=True, validate=validate.Length(1, 100))
    last_name = fields.String(required=True, validate=validate.Length(1, 100))
    benefit = fields.String(required=True, validate=validate.OneOf(BENEFITS))
    visitation = fields.String(allow_none=True, validate=validate.OneOf(VISITATIONS))
    match_group = fields.String(allow_none=True, validate=validate.OneOf(("match1", "match2", "match3")))
    mentor = fields.String(required=True, validate=validate.Length(1, 200))
    mentor_type = fields.String(required=True, validate=validate.OneOf(MENTOR_TYPES))
    start = fields.Date(required=True)
    last_day = fields.Date(required=True)
    minutes_per_week = fields.Integer(load_default=0, validate=validate.Range(0, 168 * 60))
    hourly_price = fields.Integer(allow_none=True, validate=validate.Range(min=0))
    goal = fields.String(required=True, validate=validate.Length(1, 1000))

    @validates_schema(skip_on_field_errors=False)
    def check_period(self, row: Mapping[str, Any], **_: Any) -> None:
        """Refuse a period that ends before it begins, and one longer than the law of its first day allows."""
        start, last_day = row.get("start"), row.get("last_day")
        if start is None or last_day is None:
            return
        if last_day < start:
            raise ValidationError("date_order: Slutdato ligger før startdato.", "last_day")
        longest = longest_day(start)
        if longest is not None and last_day > longest:
            text = f"Forløbet er længere end 6 måneder. Sidste dag kan være {longest:%d-%m-%Y}."
            raise ValidationError(f"long_period: {text}", "last_day")

    @validates_schema(skip_on_field_errors=False)
    def check_price(self, row: Mapping[str, Any], **_: Any) -> None:
        """Refuse a volunteer with a price."""
        if row.get("mentor_type") == "FRIV" and row.get("hourly_price"):
            raise ValidationError("cross_field: En frivillig mentor har ingen timepris.", "hourly_price")

    @validates_schema(skip_on_field_errors=False)
    def check_match_group(self, row: Mapping[str, Any], **_: Any) -> None:
        """Refuse a match group (matchgruppe) from 2014 on."""
        start = row.get("start")
        if row.get("match_group") and start is not None and start >= EDUCATION_BENEFIT_FROM:
            text = "Matchgruppe bruges kun for forløb, der begynder før 2014."
            raise ValidationError(f"cross_field: {text}", "match_group")
