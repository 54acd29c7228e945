"""Rækken med en henvisning: Danish names in, codes out, every wrong field told at once."""

from datetime import date

import pytest
from marshmallow import ValidationError

from jobcenter_mentor.casework.referrals.schemas import ReferralRowSchema

ROW = {
    "cpr": "030483-1111",
    "first_name": "Emil",
    "last_name": "Krogh",
    "benefit": "Kontanthjælp",
    "visitation": "Aktivitetsparat",
    "referred_on": "09-10-2014",
    "goal": "Tager selv bussen",
    "tasks": "Træne offentlig transport; Struktur på dagen",
    "hours": "2,5",
    "weeks": "26",
    "consulted": "Ja",
}


def test_a_row_becomes_codes_minutes_and_a_date():
    row = ReferralRowSchema().load(ROW | {"can_take_other_offers": "Nej", "reason": "Personlige forhold"})

    assert (row["benefit"], row["visitation"], row["mentor_type"]) == ("kontanthjaelp", "aktivitetsparat", "INT")
    assert (row["minutes_per_week"], row["weeks"], row["tasks"]) == (150, 26, ["transport", "structure"])
    assert (row["referred_on"], row["consulted"]) == (date(2014, 10, 9), True)
    assert (row["can_take_other_offers"], row["cannot_because"]) == (False, "personal")


@pytest.mark.parametrize(
    ("reason", "cause"), [("Personlige forhold", "personal"), ("Venter på operation", "other"), ("", None)]
)
def test_the_cause_is_personal_other_or_not_known(reason, cause):
    row = ReferralRowSchema().load(ROW | {"can_take_other_offers": "Nej", "reason": reason})

    assert row["cannot_because"] == cause


WRONG = [
    ({"cpr": ""}, "cpr", "ikke tom"),
    ({"benefit": "Guld"}, "benefit", "kendes ikke"),
    ({"referred_on": "31-04-2014"}, "referred_on", "dd-mm-åååå"),
    ({"tasks": "Rengøring"}, "tasks", "Ukendt opgave: Rengøring"),
    ({"hours": "0"}, "hours", "Uden for det tilladte"),
    ({"hours": "NaN"}, "hours", "Skriv timer som tal"),
    ({"hours": "2:30"}, "hours", "Skriv timer som tal"),
    ({"hours": "1E999"}, "hours", "Uden for det tilladte"),
    ({"weeks": "26,5"}, "weeks", "helt tal"),
    ({"consulted": "måske"}, "consulted", "Ja eller Nej"),
    ({"mentor_type": "Onkel"}, "mentor_type", "kendes ikke"),
    ({"first_name": "x" * 101}, "first_name", "Højst 100 tegn"),
    ({"secret": 1}, "secret", "kendes ikke"),
    ({"goal": 5}, "goal", "Skal være tekst"),
]


@pytest.mark.parametrize(("changes", "field", "words"), WRONG)
def test_a_wrong_field_is_told_in_danish(changes, field, words):
    with pytest.raises(ValidationError) as refused:
        ReferralRowSchema().load(ROW | changes)

    assert words in refused.value.messages[field][0]


def test_all_missing_fields_are_told_at_once():
    with pytest.raises(ValidationError) as refused:
        ReferralRowSchema().load({})

    assert {"cpr", "goal", "tasks", "hours", "weeks", "consulted"} <= set(refused.value.messages)
    assert refused.value.messages["cpr"] == ["Mangler."]
