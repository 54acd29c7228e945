"""Registre: the valid sending of each route about mentors, suppliers, supervision, surveys, reports and sheets."""

from tests.at_once.acts import Act
from tests.sheets.runs.sheets import a_course, xlsx

MENTOR = "SELECT public_id, version FROM mentor WHERE mentor_type = 'INT' AND supplier_id IS NULL ORDER BY id"
SUPPLIER = "SELECT public_id FROM supplier ORDER BY id"
RUN = "SELECT public_id FROM import_run ORDER BY id DESC"
ROUND = "SELECT public_id FROM survey_round WHERE closes_on > '2014-10-15' ORDER BY id DESC"
INVITED = (
    "SELECT i.public_id FROM survey_invitation i JOIN survey_round r ON r.id = i.round_id WHERE i.team_id = 1 "
    "AND i.answered_on IS NULL AND r.closes_on > '2014-10-15' ORDER BY i.id"
)
REPORT = "?maal=courses&opdeling=team&fra=2014-01&til=2014-03&team="

REGISTER = (
    Act(
        "mentors.create",
        "amal",
        body={
            "first_name": "Nikolaj",
            "last_name": "Prøve",
            "mentor_type": "INT",
            "phone": "00112244",
            "email": "nikolaj@example.dk",
            "minutes_per_week": "10",
            "hours_from": "15-10-2014",
        },
        page="/mentorer/ny",
        again="two mentors may bear the same name",
    ),
    Act("mentors.update", "amal", MENTOR, {"area": "Nord"}, page="/mentorer/{public_id}/ret"),
    Act("mentors.absence", "amal", MENTOR, {"first_day": "03-11-2014", "last_day": "07-11-2014", "reason": "ferie"}),
    Act(
        "mentors.back",
        "amal",
        MENTOR,
        {"ended_on": "14-10-2014"},
        setup="INSERT INTO mentor_absence "
        "(mentor_id, first_day, last_day, reason) SELECT id, '2014-10-06', '9999-12-31', 'orlov' FROM mentor "
        "WHERE id = (SELECT min(id) FROM mentor WHERE mentor_type = 'INT' AND supplier_id IS NULL)",
    ),
    Act(
        "mentors.function",
        "amal",
        MENTOR,
        {"workplace": "Genbrugsbutikken", "places": "3", "minutes_per_week": "6", "valid_from": "01-11-2014"},
        again="a mentor may have two alike",
    ),
    Act(
        "training.create",
        "amal",
        MENTOR,
        body={"held_on": "14-10-2014", "title": "Samtaleteknik", "minutes": "2", "mentors": "{public_id}"},
        page="/korpset/supervision",
        again="two may be held on a day",
    ),
    Act(
        "training.attendance",
        "amal",
        "SELECT public_id FROM supervision ORDER BY id",
        {"came": []},
        again="the last list holds",
    ),
    Act(
        "suppliers.create",
        "amal",
        body={
            "name": "Ny Vej Mentor",
            "cvr": "25313763",
            "contact_name": "Nora Vej",
            "phone": "00112255",
            "email": "nora@example.dk",
        },
    ),
    Act("suppliers.contract", "amal", SUPPLIER, {"hourly_price": "430,00", "valid_from": "01-01-2016"}),
    Act(
        "suppliers.frame",
        "amal",
        SUPPLIER,
        {
            "ramme-title": "Aftale 2016",
            "ramme-valid_from": "01-01-2016",
            "ramme-valid_to": "31-12-2016",
            "ramme-hourly_price": "430,00",
            "ramme-report_days": "7",
        },
    ),
    Act(
        "suppliers.agree",
        "amal",
        body={
            "company": "Bageriet Prøve",
            "cvr": "25313763",
            "contact_name": "Bo Bager",
            "phone": "00112266",
            "email": "bo@example.dk",
            "released_minutes": "4",
            "places": "2",
            "valid_from": "01-11-2014",
        },
    ),
    Act(
        "surveys.create",
        "amal",
        body={"title": "Efterår", "first": "01-06-2014", "last": "30-06-2014", "closes_on": "15-11-2014"},
        page="/spoergeskemaer",
        again="two rounds may be alike",
    ),
    Act("surveys.invite", "amal", ROUND, before=("surveys.create",), again="who is on the list is not added"),
    Act("surveys.make_link", "lone", INVITED, again="the newest link holds"),
    Act("surveys.keep_interview", "lone", INVITED, page="/spoergeskemaer/udsendelse/{public_id}/samtale", fill=True),
    Act(
        "surveys.keep",
        "",
        page="/spoergeskemaer/svar/{token}",
        fill=True,
        before=("surveys.make_link",),
        again="the same form gets the same receipt",
    ),
    Act("builder.save", "lone", body={"title": "Forløb pr. team"}, query=REPORT, again="two may save the same report"),
    Act("builder.remove", "lone", "SELECT public_id FROM saved_report ORDER BY id DESC", before=("builder.save",)),
    Act(
        "imports.upload",
        "lone",
        body={"kind": "courses"},
        file="file",
        content=("forløb.xlsx", xlsx([a_course()])),
        again="two may check the same sheet; it is taken in once",
    ),
    Act("imports.apply", "lone", RUN, before=("imports.upload",), opposite="imports.discard"),
    Act("imports.undo", "lone", RUN, before=("imports.apply",)),
    Act("imports.discard", "lone", RUN, before=("imports.upload",)),
    Act("imports.choose", "lone", RUN, {"ark": "Ark1"}, before=("imports.upload",), again="the last choice holds"),
    Act(
        "imports.teach",
        "lone",
        RUN,
        {"betyder:Gruppe": "benefit"},
        before=("imports.upload",),
        again="the last meaning holds",
    ),
    Act("imports.forget", "lone", "SELECT public_id FROM import_heading ORDER BY id DESC", before=("imports.teach",)),
    Act("imports.forget_value", "lone", "SELECT public_id FROM import_value ORDER BY id DESC", before=("teach.value",)),
    Act(
        "imports.teach",
        "lone",
        RUN,
        {"svarer:benefit:KTH": "kontanthjaelp"},
        before=("imports.upload",),
        again="the last meaning holds",
        name="teach.value",
    ),
)
