"""Match: the valid sending of each route that chooses, pins, excludes, meets, plans or weighs."""

from tests.at_once.acts import Act

COURSE = (
    'SELECT public_id, version FROM "grant" WHERE mentor_id IS NULL AND ended_on IS NULL AND team_id = 1 ORDER BY id'
)
PAGE = "/matchning/{public_id}"
AWAY = (
    'SELECT m.public_id, g.public_id AS "grant" FROM mentor m JOIN mentor_absence a ON a.mentor_id = m.id '
    "JOIN \"grant\" g ON g.mentor_id = m.id WHERE a.first_day <= '2014-11-01' AND a.last_day >= '2014-10-15' "
    "AND g.ended_on IS NULL AND g.last_day > '2014-10-30' ORDER BY g.id"
)
DEARER = (
    'SELECT g.public_id, g.version, m.public_id AS mentor FROM "grant" g CROSS JOIN mentor m '
    "WHERE g.mentor_id IS NULL AND g.ended_on IS NULL AND g.team_id = 1 AND m.mentor_type = 'EKST' "
    "AND m.active_to IS NULL ORDER BY g.id, m.id"
)
BEYOND = "SELECT public_id FROM decision WHERE kind = 'mentor' AND approved_on IS NULL AND withdrawn_on IS NULL"
WEIGHTS = {"valid_from": "01-11-2014", "reason": "Sproget skal veje mere."}
WHY = {"choice_reason": "Borgeren kender mentoren.", "wish_followed": "yes"}

MATCHES = (
    Act("matching.choose", "amal", COURSE, WHY, page=PAGE),
    Act("matching.choose", "amal", DEARER, WHY | {"mentor": "{mentor}", "version": "{version}"}, name="choose.dearer"),
    Act("match_proposals.approve", "henrik", BEYOND, before=("choose.dearer",), opposite="match_proposals.send_back"),
    Act("match_proposals.send_back", "henrik", BEYOND, {"comment": "For dyrt."}, before=("choose.dearer",)),
    Act(
        "matching.wish",
        "amal",
        COURSE,
        {"asked_on": "14-10-2014", "wishes": "En kvinde."},
        page=PAGE,
        again="the citizen may be asked twice",
    ),
    Act("matching.pin", "amal", COURSE, {"reason": "Kender borgeren."}, page=PAGE),
    Act("matching.unpin", "amal", COURSE, before=("matching.pin",)),
    Act("matching.exclude", "amal", COURSE, {"kind": "conflict", "reason": "Kender hinanden privat."}, page=PAGE),
    Act(
        "matching.include",
        "amal",
        "SELECT g.public_id, e.public_id AS exclusion FROM match_exclusion e "
        'JOIN "grant" g ON g.citizen_id = e.citizen_id WHERE e.lifted_on IS NULL AND g.mentor_id IS NULL '
        "AND g.ended_on IS NULL ORDER BY e.id DESC",
        {"exclusion": "{exclusion}", "lift_reason": "Det er løst."},
        before=("matching.exclude",),
    ),
    Act("matching.plan_meeting", "amal", COURSE, {"planned_on": "20-10-2014", "place": "Jobcentret"}, page=PAGE),
    Act(
        "matching.met",
        "amal",
        "SELECT g.public_id, i.public_id AS meeting FROM informal_meeting i "
        'JOIN "grant" g ON g.id = i.grant_id ORDER BY i.id',
        {"meeting": "{meeting}", "went_well": "yes"},
        before=("matching.plan_meeting",),
    ),
    Act("matching.make_plan", "amal", again="each asks for a plan of his own"),
    Act(
        "matching.accept",
        "amal",
        "SELECT l.public_id FROM match_plan_line l WHERE l.mentor_id IS NOT NULL ORDER BY l.id",
        WHY,
        before=("matching.make_plan",),
    ),
    Act("matching.appoint", "amal", AWAY, page="/matchning/vikarer/{public_id}"),
    Act(
        "match_weights.propose",
        "amal",
        body=WEIGHTS,
        page="/matchning/vaegte",
        again="two may propose, and one is approved",
    ),
    Act(
        "match_weights.approve",
        "henrik",
        "SELECT public_id FROM match_weights WHERE approved_on IS NULL",
        before=("match_weights.propose",),
    ),
)
