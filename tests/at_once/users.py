"""Brugere: the valid sending of each route that makes, changes or closes users, roles, keys, teams and figures."""

from tests.at_once.acts import Act

JONAS = "SELECT public_id FROM \"user\" WHERE username = 'jonas'"
ROLE_OF_JONAS = (
    'SELECT u.public_id, r.id AS role_id FROM "user" u JOIN role_assignment r ON r.user_id = u.id '
    "WHERE u.username = 'jonas'"
)
KEY = {"name": "Fagsystemet", "valid_from": "15-10-2014", "valid_to": "31-12-2014"}
FIGURE = {"name": "office.approval_extensions", "value": "3", "valid_from": "01-11-2014", "reason": "Besluttet."}
PROPOSED = "SELECT public_id FROM local_figure WHERE approved_on IS NULL AND rejected_on IS NULL ORDER BY id DESC"

READING = {
    "point": "discharge_late_start",
    "valid_from": "02-10-2014",
    "reason": "Ledelsen den 1. oktober 2014.",
    "wording": "Vi læser loven sådan, at du kan få en mentor, når du er udskrevet for mere end tre måneder siden.",
}
WAITS = "SELECT public_id FROM local_reading WHERE approved_on IS NULL AND rejected_on IS NULL ORDER BY id DESC"

USERS = (
    Act("auth.new_team", "admin", body={"name": "Team Nord"}),
    Act("auth.new_user", "admin", body={"username": "ny", "full_name": "Nanna Yde", "password": "hemmeligt-kodeord"}),
    # Giving a role and then closing the user is lawful in that order, so the two are no opposites.
    Act("auth.user", "admin", JONAS, {"role": "MK", "reach": "", "valid_from": "15-10-2014"}),
    Act("auth.end_role", "admin", ROLE_OF_JONAS),
    Act("auth.close_user", "admin", JONAS),
    Act("auth.new_password", "admin", JONAS, {"password": "et-andet-kodeord"}, again="the last password holds"),
    Act("auth.email", "admin", JONAS, {"email": "jonas.riber@example.dk"}, again="the last address holds"),
    Act("auth.new_token", "admin", JONAS, KEY, again="a system may have two keys"),
    Act(
        "auth.stop_token",
        "admin",
        'SELECT u.public_id, t.public_id AS token_id FROM api_token t JOIN "user" u ON u.id = t.user_id',
        before=("auth.new_token",),
    ),
    Act("rules.propose", "henrik", body=FIGURE, again="two may propose, and one is approved"),
    Act("rules.approve", "amal", PROPOSED, before=("rules.propose",), opposite="rules.reject"),
    Act("rules.reject", "amal", PROPOSED, before=("rules.propose",)),
    Act("readings.propose", "henrik", body=READING, again="one proposal of a point waits at a time"),
    Act("readings.approve", "amal", WAITS, before=("readings.propose",), opposite="readings.reject"),
    Act("readings.reject", "amal", WAITS, before=("readings.propose",)),
    Act(
        "absences.create",
        "lone",
        "SELECT public_id FROM \"user\" WHERE username = 'lone'",
        {"user": "{public_id}", "first_day": "03-11-2014", "last_day": "07-11-2014"},
        page="/fravaer",
    ),
    Act(
        "absences.end",
        "lone",
        'SELECT a.public_id FROM absence a JOIN "user" u ON u.id = a.user_id '
        "WHERE u.username = 'lone' ORDER BY a.id DESC",
        before=("absences.create",),
    ),
)
