"""Penge: the valid sending of each route that checks, pays, rejects, claims or sets a frame."""

from tests.at_once.acts import Act

WAITING = "SELECT public_id FROM pay_line WHERE matched_on IS NULL AND rejected_on IS NULL ORDER BY id"
NOT_FAULTY = {"note": "Aftalt med mentoren."}
MATCHED = (
    "SELECT public_id FROM pay_line WHERE matched_on IS NOT NULL AND released_on IS NULL AND rejected_on IS NULL "
    "ORDER BY id"
)
RELEASED = (
    "SELECT public_id, (amount / 100) || CASE WHEN amount % 100 < 10 THEN ',0' ELSE ',' END || (amount % 100) AS rest "
    "FROM pay_line "
    "WHERE released_on IS NOT NULL AND amount > 0 ORDER BY id"
)
OPEN_CLAIM = "SELECT public_id FROM claim WHERE closed_on IS NULL"
DRAFT = {"first_day": "01-07-2014", "last_day": "30-09-2014"}

MONEY = (
    Act("accounting.match", "controller", WAITING, NOT_FAULTY),
    Act("accounting.reject", "controller", WAITING, {"reason": "Timerne er ikke i logbogen."}),
    Act(
        "corrections.create",
        "controller",
        RELEASED,
        {"amount": "{rest}", "minutes": "0", "note": "Faktureret for meget."},
    ),
    Act("accounting.match_all", "controller"),
    Act("accounting.release", "controller2", MATCHED, before=("accounting.match_all",), opposite="reject.matched"),
    Act(
        "accounting.reject",
        "controller2",
        MATCHED,
        {"reason": "Timerne er ikke i logbogen."},
        before=("accounting.match_all",),
        name="reject.matched",
    ),
    Act("accounting.release_all", "controller2", before=("accounting.match_all",)),
    Act(
        "accounting.create_invoice",
        "dorthe",
        "SELECT s.name, s.cvr, g.case_number, m.first_name || ' ' || m.last_name AS mentor FROM supplier s "
        'JOIN mentor m ON m.supplier_id = s.id JOIN "grant" g ON g.mentor_id = m.id WHERE g.ended_on IS NULL '
        "AND g.start < '2014-09-01' AND g.last_day > '2014-10-01' AND s.name = 'Lysning Mentor' ORDER BY g.id",
        {
            "number": "F-9001",
            "sender": "{name}",
            "cvr": "{cvr}",
            "lines-0-case_number": "{case_number}",
            "lines-0-mentor": "{mentor}",
            "lines-0-first_day": "01-09-2014",
            "lines-0-last_day": "30-09-2014",
            "lines-0-hundredths": "4",
            "lines-0-hourly_price": "425,00",
            "lines-0-amount": "1.700,00",
            "lines-0-item": "hours",
        },
    ),
    Act("accounting.draw_sheets", "henrik", body={"aar": "2014", "maaned": "2"}),
    Act(
        "accounting.approve_sheets",
        "henrik",
        'SELECT t.public_id AS sheet, t.year, t.month FROM time_sheet t JOIN "grant" g ON g.id = t.grant_id '
        "WHERE t.approved_on IS NULL AND g.team_id = 1 ORDER BY t.id",
        {"sheet": "{sheet}", "aar": "{year}", "maaned": "{month}"},
    ),
    Act("accounting.book_wages", "controller", body={"aar": "2014", "maaned": "9"}),
    Act("accounting.draft_claim", "controller", body=DRAFT),
    Act(
        "accounting.reckon_claim",
        "controller",
        OPEN_CLAIM,
        before=("accounting.draft_claim",),
        again="reckoning the same draft again is no other draft",
    ),
    Act("accounting.discard_claim", "controller", OPEN_CLAIM, before=("accounting.draft_claim",)),
    Act(
        "accounting.close_claim",
        "controller2",
        OPEN_CLAIM,
        before=("accounting.draft_claim",),
        opposite="accounting.discard_claim",
    ),
    Act("claims.put_right", "controller", again="each is a job of its own, that counts anew"),
    Act(
        "frames.propose",
        "controller",
        body={"year": "2015", "kind": "mentor_2014", "amount": "3.400.000,00", "reason": "Udmeldt ramme."},
        again="two may propose, and one of them is approved",
    ),
    Act(
        "frames.approve",
        "henrik",
        "SELECT public_id FROM frame_change WHERE approved_on IS NULL",
        before=("frames.propose",),
    ),
)
