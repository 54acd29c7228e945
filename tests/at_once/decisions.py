"""Afgørelser: the valid sending of each route that proposes, hears, approves, sends back, withdraws or checks."""

from tests.at_once.acts import Act

WAITING = "SELECT d.public_id FROM decision d WHERE d.approved_on IS NULL AND d.returned_on IS NULL "
GRANT = WAITING + "AND d.kind = 'grant' AND d.team_id = 1 ORDER BY d.id"
HOURS = WAITING + "AND d.kind = 'hours' ORDER BY d.id"
UNHEARD = WAITING + "AND d.kind = 'hours' AND NOT EXISTS (SELECT 1 FROM hearing h WHERE h.decision_id = d.id)"
KNOWN = "SELECT d.public_id, f.public_id AS known FROM heard_fact f JOIN decision d ON d.id = f.decision_id " + (
    "WHERE NOT EXISTS (SELECT 1 FROM hearing h WHERE h.decision_id = d.id) ORDER BY f.id"
)
EXTENSION = WAITING + "AND d.kind = 'extension' ORDER BY d.id"
UNDECIDED = (
    "SELECT r.public_id FROM referral r WHERE r.closed_on IS NULL AND r.team_id = 1 "
    "AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.referral_id = r.id) ORDER BY r.id"
)
RUNNING = (
    "SELECT g.public_id, '{what}' AS what FROM \"grant\" g WHERE g.team_id = 1 AND g.ended_on IS NULL "
    "AND g.start < '2014-08-01' AND g.last_day > '2014-11-30' AND g.mentor_id IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.grant_id = g.id AND d.kind <> 'grant') ORDER BY g.id"
)
HOURS_OF = RUNNING.replace("{what}", "timer")
BACK = {"comment": "Skriv målets dato."}

ASKED = (
    "SELECT a.public_id FROM access_request a JOIN citizen c ON c.id = a.citizen_id WHERE c.team_id = 1 "
    "AND a.approved_on IS NULL AND a.withdrawn_on IS NULL ORDER BY a.id"
)
PAPER_OF = (
    "SELECT a.public_id, 'meeting:' || t.public_id AS paper FROM access_request a JOIN \"grant\" g "
    "ON g.case_number = a.case_number JOIN meeting t ON t.grant_id = g.id WHERE g.team_id = 1 ORDER BY a.id, t.id"
)
OMITTED = (
    "SELECT a.public_id, o.public_id AS omission FROM access_request a JOIN access_omission o ON o.request_id = a.id"
)
LETTER = ("complaint.write",)
"""The look at the complaint while its letter is set in type, before anything is written."""

DECISIONS = (
    Act(
        "grants.create",
        "lone",
        UNDECIDED,
        {"reason": "Borgeren skal have støtte til at møde i praktikken."},
        page="/bevillinger/ny/{public_id}",
    ),
    Act("grants.approve", "henrik", GRANT, page="/bevillinger/afgoerelse/{public_id}", opposite="grants.send_back"),
    Act("grants.send_back", "henrik", GRANT, BACK),
    Act("grants.withdraw", "lone", GRANT, opposite="grants.approve"),
    Act(
        "changes.create",
        "lone",
        HOURS_OF,
        {
            "minutes_per_week": "1,5",
            "start": "01-11-2014",
            "reason": "Borgeren klarer mere selv.",
            "considerations": "Borgeren møder selv i praktikken.",
        },
    ),
    Act(
        "hearings.add_fact",
        "lone",
        UNHEARD,
        {"fact": "Du er mødt hver dag.", "source": "din mentor", "known_on": "10-10-2014"},
        before=("changes.create",),
    ),
    Act("hearings.take_back_fact", "lone", KNOWN, {"known": "{known}"}, before=("changes.create", "hearings.add_fact")),
    Act(
        "hearings.send", "lone", UNHEARD, before=("changes.create", "hearings.add_fact"), opposite="hearings.leave_out"
    ),
    Act(
        "hearings.leave_out",
        "lone",
        UNHEARD,
        {"left_out_reason": "Borgeren har selv bedt om det i dag."},
        before=("changes.create",),
    ),
    Act("hearings.answer", "lone", HOURS, {"answered_on": "15-10-2014", "answer": "Jeg er enig."}),
    Act("changes.approve", "henrik", EXTENSION, opposite="changes.send_back"),
    Act("changes.send_back", "henrik", EXTENSION, BACK),
    Act(
        "changes.settle_check",
        "henrik",
        "SELECT public_id FROM second_check WHERE checked_on IS NULL",
        {"is_right": "ja"},
        setup="INSERT INTO second_check (decision_id, team_id, drawn_on, risk, why, note, "
        "recorded_at, public_id) SELECT id, 1, '2014-10-15', 1, 'trukket', '', recorded_at, 'check-1' FROM decision "
        'WHERE approved_on IS NOT NULL AND approved_by_id <> (SELECT id FROM "user" '
        "WHERE username = 'henrik') ORDER BY id LIMIT 1",
    ),
    Act(
        "changes.send_mentor_letter",
        "lone",
        'SELECT g.public_id FROM "grant" g JOIN mentor m ON m.id = g.mentor_id WHERE g.team_id = 1 '
        "AND g.ended_on IS NULL AND m.phone <> '' AND m.email <> '' AND g.start > '2014-08-01' ORDER BY g.id DESC",
        {"reason": "Mentoren er stoppet.", "address_confirmed": "y"},
        again="two letters may be sent",
    ),
    Act(
        "complaints.create",
        "lone",
        "SELECT public_id FROM decision WHERE approved_on IS NOT NULL AND team_id = 1 ORDER BY approved_on DESC, id",
        {"received_on": "14-10-2014", "text": "Jeg vil have flere timer."},
        page="/klager/ny/{public_id}",
    ),
    Act(
        "complaints.review",
        "lone",
        "SELECT public_id FROM complaint WHERE reviewed_on IS NULL ORDER BY id DESC",
        {"outcome": "upheld", "reviewed_on": "15-10-2014", "note": "Sagen er set igen."},
        page="/klager/{public_id}",
        before=("complaints.create",),
        opposite="complaints.review_partly",
        looks=LETTER,
    ),
    Act(
        "complaints.review",
        "lone",
        "SELECT public_id FROM complaint WHERE reviewed_on IS NULL ORDER BY id DESC",
        {"outcome": "partly", "reviewed_on": "15-10-2014", "note": "Du får en time mere."},
        page="/klager/{public_id}",
        before=("complaints.create",),
        name="complaints.review_partly",
        looks=LETTER,
    ),
    Act(
        "complaints.tell",
        "lone",
        "SELECT public_id FROM complaint WHERE status = 'review' ORDER BY id DESC",
        {"expected_on": "01-12-2014", "why": "Vi venter på en udtalelse fra din læge."},
        before=("complaints.create",),
        looks=LETTER,
    ),
    Act(
        "complaints.stand",
        "lone",
        "SELECT public_id FROM complaint WHERE status = 'waits'",
        {"stands": "stands", "stands_on": "15-10-2014"},
        before=("complaints.review_partly",),
        opposite="complaints.stand_not",
    ),
    Act(
        "complaints.stand",
        "lone",
        "SELECT public_id FROM complaint WHERE status = 'waits'",
        {"stands": "withdrawn", "stands_on": "15-10-2014"},
        before=("complaints.review_partly",),
        name="complaints.stand_not",
    ),
    Act(
        "complaints.forward",
        "lone",
        "SELECT public_id FROM complaint WHERE status = 'forward'",
        {"forwarded_on": "15-10-2014"},
        before=("complaints.review",),
        looks=LETTER,
    ),
    Act(
        "complaints.answer",
        "lone",
        "SELECT public_id FROM complaint WHERE forwarded_on IS NOT NULL",
        {"board_outcome": "upheld", "board_on": "15-10-2014"},
        before=("complaints.forward",),
    ),
    Act(
        "access_requests.create",
        "lone",
        "SELECT c.public_id FROM citizen c WHERE c.team_id = 1 AND NOT c.protected "
        "AND c.died_on IS NULL AND NOT EXISTS (SELECT 1 FROM access_request a WHERE a.citizen_id = c.id) ORDER BY c.id",
        {"received_on": "14-10-2014", "asked_by": "citizen"},
        page="/aktindsigt/ny/{public_id}",
    ),
    Act(
        "access_requests.leave_out",
        "lone",
        PAPER_OF,
        {"paper": "{paper}", "section": "15b", "reason": "Handler om en anden."},
    ),
    Act("access_requests.put_back", "lone", OMITTED, {"omission": "{omission}"}, before=("access_requests.leave_out",)),
    Act("access_requests.propose", "lone", ASKED, opposite="access_requests.withdraw"),
    Act(
        "access_requests.approve",
        "henrik",
        ASKED,
        before=("access_requests.propose",),
        opposite="access_requests.send_back",
    ),
    Act(
        "access_requests.send_back",
        "henrik",
        ASKED,
        {"comment": "Tag attesten med."},
        before=("access_requests.propose",),
    ),
    Act("access_requests.postpone", "lone", ASKED, {"expected_on": "31-10-2014", "reason": "Sagen er stor."}),
    Act("access_requests.withdraw", "lone", ASKED, {"because": "Borgeren ringede."}),
)
