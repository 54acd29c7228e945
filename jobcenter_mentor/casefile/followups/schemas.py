"""Deadlines (frister) as the API shows them: the rows of the command `followups due`."""

from marshmallow import Schema, fields


class DayAsked(Schema):
    """The day asked about; the working day where none is given."""

    on = fields.Date(load_default=None, allow_none=True)


class DueAnswer(Schema):
    """A deadline without the citizen's name; `days_over` is 0 on the day itself."""

    id = fields.String()
    case_number = fields.String()
    due_on = fields.String(metadata={"format": "date"})
    days_over = fields.Integer()
    kind = fields.String()
    what = fields.String()
    rule = fields.String()
    section = fields.String()
    authority = fields.String()
    owner = fields.String()
    team = fields.String()
