"""Sagsarbejde: the valid sending of each route about citizens, their papers, goals, meetings and deadlines."""

from tests.at_once.acts import Act

CITIZEN = "SELECT public_id, version FROM citizen WHERE team_id = 1 AND NOT protected ORDER BY id"
COURSE = (
    'SELECT g.public_id, g.version FROM "grant" g WHERE g.team_id = 1 AND g.ended_on IS NULL '
    "AND g.start < '2014-09-01' AND g.last_day > '2014-11-30' AND g.mentor_id IS NOT NULL ORDER BY g.id"
)
OF_SAMIRA = (
    "SELECT g.public_id FROM \"grant\" g JOIN mentor m ON m.id = g.mentor_id WHERE m.last_name = 'Haddad' "
    "AND g.ended_on IS NULL AND g.start < '2014-09-01' AND g.last_day > '2014-11-01' ORDER BY g.id"
)
DRAFT = (
    'SELECT g.public_id, a.public_id AS agreement_id FROM agreement a JOIN "grant" g ON g.id = a.grant_id '
    "WHERE g.team_id = 1 AND a.jobcentre_accepted_on IS NULL AND a.citizen_absent_reason = '' ORDER BY a.id DESC"
)
GOAL = (
    'SELECT g.public_id, o.public_id AS goal_id FROM goal o JOIN "grant" g ON g.id = o.grant_id '
    "WHERE g.team_id = 1 AND g.ended_on IS NULL AND o.status = 'open' ORDER BY o.id"
)
HELD = (
    'SELECT t.public_id FROM meeting t JOIN "grant" g ON g.id = t.grant_id WHERE g.team_id = 1 AND t.held '
    "AND NOT t.corrected AND g.ended_on IS NULL ORDER BY t.met_on DESC, t.id"
)
FOLLOW_UP = (
    "SELECT f.public_id FROM follow_up f WHERE f.team_id = 1 AND f.done_on IS NULL AND f.dropped_on IS NULL "
    "AND f.kind NOT IN ('contact', 'statutory_contact', 'case_time') AND f.kind NOT LIKE 'complaint_%' "
    "ORDER BY f.due_on, f.id"
)
DOCUMENT = (
    "SELECT d.public_id FROM document d JOIN citizen c ON c.id = d.citizen_id WHERE c.team_id = 1 "
    "AND d.removed_on IS NULL AND d.replaced_by_id IS NULL"
)
PAPER = {"title": "Lægeerklæring", "dated": "14-10-2014", "party": "Egen læge"}
LOG = {
    "form_id": "6f1c6d3e-93f9-4a7b-9d58-2b5c1f0a7e11",
    "how": "in_person",
    "length": "60",
    "met_on": "14-10-2014",
    "note": "Vi tog bussen sammen.",
}

CASEWORK = (
    Act(
        "citizens.create",
        "lone",
        body={
            "first_name": "Nadia",
            "last_name": "Prøve",
            "cpr": "0101704998",
            "team": "1",
            "visitation": "aktivitetsparat",
            "status_from": "01-10-2014",
        },
        page="/borgere/ny",
    ),
    Act("citizens.amend", "lone", CITIZEN, {"address": "Nygade 3, 9999 Sønderå"}, page="/borgere/{public_id}/ret"),
    Act(
        "citizens.set_status",
        "lone",
        CITIZEN,
        {"valid_from": "15-10-2014", "source": "Ydelse"},
        page="/borgere/{public_id}/status",
    ),
    Act(
        "facts.create",
        "lone",
        CITIZEN,
        {"language": "arabisk", "valid_from": "15-10-2014"},
        query="?slags=interpreter",
        page="/borgere/{public_id}/hensyn?slags=interpreter",
    ),
    Act(
        "facts.end",
        "lone",
        "SELECT h.public_id FROM consideration h JOIN citizen c ON c.id = h.citizen_id "
        "WHERE c.team_id = 1 AND h.valid_to IS NULL ORDER BY h.id",
        {"last_day": "14-10-2014", "because": "Borgeren taler dansk."},
    ),
    Act(
        "facts.change_number",
        "lone",
        CITIZEN,
        {"cpr": "0101704998", "replaced_on": "15-10-2014", "reason": "Nyt nummer fra folkeregistret."},
    ),
    Act(
        "journal.create",
        "lone",
        CITIZEN,
        {"title": "Samtale", "text": "Borgeren ringede."},
        again="two people may write the same note",
    ),
    Act("documents.create", "lone", CITIZEN, PAPER, file="file", again="two people may keep the same paper"),
    Act(
        "documents.replace",
        "lone",
        DOCUMENT,
        {**PAPER, "because": "Bedre kopi."},
        file="file",
        opposite="documents.remove",
    ),
    Act("documents.remove", "lone", DOCUMENT, {"because": "Hører til en anden."}),
    Act(
        "letters.sent",
        "lone",
        "SELECT l.public_id FROM letter l JOIN citizen c ON c.id = l.citizen_id "
        "WHERE c.team_id = 1 AND NOT EXISTS (SELECT 1 FROM letter_sending s WHERE s.letter_id = l.id) ORDER BY l.id",
        {"channel": "digital", "sent_on": "15-10-2014"},
        page="/breve/{public_id}/sendt",
    ),
    Act(
        "notices.create",
        "lone",
        "SELECT public_id FROM referral WHERE closed_on IS NULL AND team_id = 1 ORDER BY id",
        {"expected_on": "01-12-2014", "why": "Vi venter på en udtalelse fra din læge.", "address_confirmed": "y"},
    ),
    Act("followups.settle", "lone", FOLLOW_UP, {"{public_id}-result": "Aftalt på mødet."}, opposite="followups.snooze"),
    Act("followups.snooze", "lone", FOLLOW_UP, {"until": "16-10-2014", "reason": "Borgeren er syg."}),
    Act(
        "followups.wake",
        "lone",
        "SELECT public_id FROM follow_up WHERE snoozed_until IS NOT NULL AND team_id = 1 "
        "AND done_on IS NULL AND dropped_on IS NULL ORDER BY snoozed_until DESC, id",
        before=("followups.snooze",),
    ),
    Act(
        "absences.set_deputy",
        "lone",
        'SELECT a.public_id, d.public_id AS deputy FROM absence a JOIN "user" u '
        "ON u.id = a.user_id JOIN \"user\" d ON d.username = 'jonas' WHERE u.username = 'lone' ORDER BY a.id DESC",
        {"{public_id}-deputy": "{deputy}"},
        page="/fravaer",
        before=("absences.create",),
        again="the last one chosen holds",
    ),
    Act("calendar.renew", "lone", again="the last address holds"),
    Act("calendar.close", "lone", before=("calendar.renew",)),
    Act(
        "referrals.create",
        "lone",
        "SELECT c.public_id FROM citizen c WHERE c.team_id = 1 AND NOT c.protected AND "
        "NOT EXISTS (SELECT 1 FROM referral r WHERE r.citizen_id = c.id) ORDER BY c.id",
        {
            "goal": "Tager selv bussen.",
            "tasks": ["transport"],
            "consulted_on": "14-10-2014",
            "start": "20-10-2014",
            "weeks": "26",
            "minutes_per_week": "2",
        },
        query="?borger={public_id}",
        page="/henvisninger/ny?borger={public_id}",
        again="the form has a key of its own: the same form is the same referral",
    ),
    Act(
        "referrals.amend",
        "lone",
        "SELECT r.public_id, r.version FROM referral r WHERE r.team_id = 1 AND r.closed_on "
        "IS NULL AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.referral_id = r.id) ORDER BY r.id",
        {"goal": "Møder selv i praktikken."},
        page="/henvisninger/{public_id}/ret",
    ),
    Act(
        "referrals.withdraw",
        "lone",
        "SELECT r.public_id FROM referral r WHERE r.team_id = 1 AND r.closed_on IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.referral_id = r.id) ORDER BY r.id",
        {"reason": "Borgeren er flyttet."},
        opposite="grants.create",
    ),
    Act(
        "agreements.create",
        "lone",
        COURSE,
        page="/aftaler/{public_id}/ny",
        looks=("agreement.draft",),
        again="the same words of the same day are the same agreement",
    ),
    Act("agreements.accept", "lone", DRAFT, {"party": "jobcentre"}, before=("agreements.create",)),
    Act(
        "agreements.without_citizen",
        "lone",
        DRAFT,
        {"absent_reason": "Borgeren kan ikke nås."},
        before=("agreements.create",),
    ),
    Act("agreements.add_goal", "lone", COURSE, {"text": "Ringer selv til lægen."}, again="two goals may sound alike"),
    Act(
        "agreements.set_goal",
        "lone",
        GOAL,
        {"status": "reached", "status_note": "Det lykkedes."},
        page="/aftaler/{public_id}/maal",
        looks=("goal.write",),
    ),
    Act(
        "agreements.rate",
        "lone",
        COURSE,
        {"score": "3"},
        page="/aftaler/{public_id}/maal",
        looks=("goal.write",),
        again="the last answer holds",
    ),
    Act(
        "meetings.create",
        "samira",
        OF_SAMIRA,
        LOG,
        again="the form has an id of its own: the same form is the same meeting",
    ),
    Act(
        "meetings.correct",
        "samira",
        HELD.replace("g.team_id = 1", "g.mentor_id IN (SELECT id FROM mentor WHERE last_name = 'Haddad')"),
        {"note": "Rettet."},
        page="/logbog/moede/{public_id}/ret",
        again="the form has an id of its own: the same form is the same correction",
    ),
    Act("meetings.answer", "lone", HELD, {"text": "Tak, det er godt."}, again="two may write the same answer"),
    Act("meetings.make_link", "lone", COURSE, {"expires_on": "15-11-2014"}, again="two links may be handed out"),
    Act("meetings.make_confirmation", "lone", HELD, again="two links may be handed out"),
    Act(
        "meetings.log_by_link",
        "",
        body=LOG,
        before=("meetings.make_link",),
        again="the same form gets the same receipt",
    ),
    Act(
        "meetings.confirm",
        "",
        body={"answer": "yes"},
        page="/logbog/bekraeft/{token}",
        before=("meetings.make_confirmation",),
        again="the same form gets the same receipt",
    ),
    Act(
        "merging.merge",
        "henrik",
        CITIZEN,
        {"reason": "Samme person, set på passet.", "sure": "y"},
        page="/sammenlaeg/{public_id}",
        ask={"cpr": "0101704998"},
        before=("citizens.create",),
    ),
    Act(
        "caseloads.move",
        "henrik",
        'SELECT a.public_id, b.public_id AS other FROM "user" a JOIN "user" b '
        "ON b.username = 'jonas' WHERE a.username = 'lone'",
        {"to": "{other}", "reason": "Ferie.", "everything": "y", "confirmed": "1"},
    ),
    Act(
        "drafts.save",
        "lone",
        "SELECT 'aftale' AS form, public_id AS case_key FROM \"grant\" WHERE team_id = 1",
        {"goal": "Tager bussen."},
        again="the last keystroke holds",
    ),
    Act(
        "drafts.discard",
        "lone",
        "SELECT 'aftale' AS form, public_id AS case_key FROM \"grant\" WHERE team_id = 1",
        before=("drafts.save",),
        again="thrown away is thrown away",
    ),
)
