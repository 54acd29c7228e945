"""A row of the sheet `mentors`, with the same fields in the API: it checks values and knows no headings or tables."""

from marshmallow import Schema, fields, validate

from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES


class MentorRow(Schema):
    """A mentor: hours are minutes a week, the price øre an hour; phone and e-mail are checked at registration."""

    first_name = fields.String(required=True, validate=validate.Length(1, 100))
    last_name = fields.String(required=True, validate=validate.Length(1, 100))
    mentor_type = fields.String(required=True, validate=validate.OneOf(MENTOR_TYPES))
    phone = fields.String(required=True, validate=validate.Length(1, 30))
    email = fields.String(required=True, validate=validate.Length(1, 200))
    employer = fields.String(load_default="", validate=validate.Length(max=120))
    cvr = fields.String(load_default="", validate=validate.Length(max=20))
    minutes_per_week = fields.Integer(required=True, validate=validate.Range(0, 168 * 60))
    hours_from = fields.Date(required=True)
    hours_to = fields.Date(load_default=None, allow_none=True)
    hourly_price = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))
    languages = fields.List(fields.String(), load_default=list)
    competences = fields.List(fields.String(), load_default=list)
    area = fields.String(load_default="", validate=validate.Length(max=60))
    course_hours = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 5000))
