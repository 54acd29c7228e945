"""Hovedopgaven: one citizen from a municipal sheet to the report, by the services alone, in the nine steps.

Read this first: it is the whole product in one page.
"""

from datetime import date
from io import BytesIO
from uuid import uuid4

import openpyxl
import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.accounts.invoices import timesheets, wages
from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.followups.queries import list_due
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casework.agreements import service as agreements
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants import decision as deciding
from jobcenter_mentor.casework.grants import proposal as proposing
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching import service as matching
from jobcenter_mentor.casework.meetings import service as meetings
from jobcenter_mentor.casework.meetings.service import NewMeeting
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.budget.year_figures import cockpit
from jobcenter_mentor.figures.reports.report_workbook import write_municipal_report
from jobcenter_mentor.figures.reports.service import municipal_report
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.platform.law_figures.service import law as law_of
from jobcenter_mentor.sheets.runs import service as imports
from tests import builders as a

TODAY = a.WORKING_DAY
A_ROW = {
    "CPR-nr": a.nobodys_cpr(77),
    "Fornavn": "Emil",
    "Efternavn": "Krogh",
    "Målgruppe": "Kontanthjælp",
    "Visitation": "Aktivitetsparat",
    "Henvist den": "09-10-2014",
    "Sagsbehandler": "lone",
    "Formål": "Emil tager selv bus 4A til træningskøkkenet tre dage om ugen inden den 15. januar 2015.",
    "Opgaver": "Komme op og af sted; Træne offentlig transport",
    "Timer pr. uge": "2",
    "Uger": "26",
    "Borgeren taget med på råd": "Ja",
    "Kan deltage i andre tilbud": "Nej",
    "Årsag": "Personlige forhold",
}


def a_sheet() -> bytes:
    """The municipality's own sheet with one referral."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Henvisninger")
        sheet.write_row(0, 0, A_ROW.keys())
        sheet.write_row(1, 0, A_ROW.values())
    return out.getvalue()


def test_one_citizen_from_sheet_to_report(session: Session, law: Law) -> None:
    a.a_municipality(session)
    a.a_frame(session, year=2014, amount=1_000_000_00)
    a.a_frame(session, year=2015, amount=1_000_000_00)
    team = a.a_team(session)
    lone = a.a_user(session, "SB", team=team, username="lone", full_name="Lone Kjærgaard")
    henrik = a.a_user(session, "TL", team=team, full_name="Henrik Dahl")
    amal = a.a_user(session, "MK", team=team, full_name="Amal Saleh")
    samira = a.a_mentor(session, first_name="Samira", last_name="Haddad")
    samira_user = a.a_user(session, "MI", mentor=samira, full_name="Samira Haddad")

    referral = take_in_the_sheet(session, law, lone)
    grant = assess_propose_and_approve(session, law, referral, lone, henrik)
    match_and_agree(session, law, grant, amal, samira_user)
    log_the_first_meeting(session, grant, samira_user)
    follow_up(session, grant, lone)
    money_and_report(session, grant, henrik)
    the_log_knows_who_looked(session, referral)


def take_in_the_sheet(session: Session, law: Law, lone: User) -> Referral:
    """Step 1: the sheet is checked, shown and taken in; a second time it changes nothing."""
    run, checked = imports.keep(
        session, "referrals", "henvisninger.xlsx", a_sheet(), actor=Actor(lone, TODAY), law=loader.law()
    )
    assert checked.report["row_errors"] == []
    imports.apply(session, run, actor=Actor(lone, TODAY), law=law)
    _, again = imports.keep(
        session, "referrals", "henvisninger.xlsx", a_sheet(), actor=Actor(lone, TODAY), law=loader.law()
    )
    assert again.report["rows"]["unchanged"] == 1

    referral = session.scalars(select(Referral)).one()
    assert (referral.citizen.name, referral.minutes_per_week) == ("Emil Krogh", 120)
    return referral


def assess_propose_and_approve(session: Session, law: Law, referral: Referral, lone: User, henrik: User) -> Grant:
    """Steps 2 and 3: the law asks for what is missing, then decides; two people grant, and the letter is kept."""
    unknown = case_assessment.assess(session, referral, law, on=TODAY)
    assert (unknown.outcome, "citizen.first_offer" in unknown.missing) == ("undecided", True)

    referral.first_offer, referral.start = True, date(2014, 10, 20)
    terms = case_assessment.terms_of(referral)
    assessment = case_assessment.assess(session, referral, law, on=TODAY, terms=terms)
    assert (assessment.outcome, assessment.legal_basis) == ("must", "LAB § 93")

    decision = proposing.propose(
        session, referral, kind="grant", terms=terms, reason="", actor=Actor(lone, TODAY), law=law
    )
    assert frames.remaining(session, year=2014, kind="mentor_2014") == 1_000_000_00
    draft = deciding.letter_draft(session, decision, on=TODAY, law=law)
    pdf = letters.render(draft)
    grant = deciding.approve(session, decision, actor=Actor(henrik, TODAY), law=law, letter=(draft, pdf))

    assert grant is not None
    assert grant.right_and_duty
    assert [r.cost for r in frames.list_reservations(session, grant.id)] == [6_257_14, 9_342_86]
    [letter] = letters.list_of_case(session, grant_id=grant.id, actor=Actor(lone, TODAY))
    assert letters.get_letter(session, letter.public_id, actor=Actor(lone, TODAY)).pdf == pdf
    return grant


def match_and_agree(session: Session, law: Law, grant: Grant, amal: User, samira_user: User) -> None:
    """Steps 4 and 5: a mentor is chosen for reasons, and the agreement of § 31 c is accepted by all three."""
    [best] = matching.propose(session, grant, actor=Actor(amal, TODAY), law=law)
    assert len(best.reasons) >= 3
    matching.choose(
        session, grant, best.mentor, choice_reason="", wish_followed=None, actor=Actor(amal, TODAY), law=law
    )
    session.refresh(grant)
    agreement = agreements.draft(
        session, grant, agreements.prefill(session, grant, on=TODAY, law=law), actor=Actor(amal, TODAY), law=law
    )
    lone = session.get_one(User, grant.caseworker_id)
    told = agreements.AgreementReply("accepted", "in_person", TODAY, given_by="self")
    for party, by, reply in (("jobcentre", lone, None), ("citizen", lone, told), ("mentor", samira_user, None)):
        agreement = agreements.accept(session, agreement, party=party, actor=Actor(by, TODAY), reply=reply)
    assert agreements.is_in_force(agreement)


def log_the_first_meeting(session: Session, grant: Grant, samira_user: User) -> None:
    """Step 6: the mentor logs a meeting, and the next contact is due a week later."""
    day = date(2014, 10, 21)
    meeting = NewMeeting(met_on=day, form="in_person", minutes=90, topics=("transport",), form_id=str(uuid4()))
    meetings.log(session, grant, meeting, actor=Actor(samira_user, day), law=law_of(session))
    due = followups.find_open(session, grant.id, "contact")
    assert due is not None
    assert due.due_on == date(2014, 10, 28)


def follow_up(session: Session, grant: Grant, lone: User) -> None:
    """Step 7: what is due names its rule, and is settled with a result."""
    late = date(2014, 10, 30)
    due = list_due(session, actor=Actor(lone, late))
    assert ("contact", "law") in {(one.kind, one.authority) for one in due}
    review = session.scalars(select(FollowUp).where(FollowUp.grant_id == grant.id, FollowUp.kind == "review")).one()
    assert (review.due_on, review.authority) == (date(2015, 1, 20), "local")
    followups.settle(session, review, result="Fortsætter, målet er inden for rækkevidde.", actor=Actor(lone, late))
    assert review.done_on == late


def money_and_report(session: Session, grant: Grant, henrik: User) -> None:
    """Steps 8 and 9: time sheet, wage, and the frame shows granted, delivered, billed and refund; so does the sheet."""
    later, november = date(2014, 10, 31), date(2014, 11, 3)
    controller = a.a_user(session, "ØK", full_name="Kaj Brink")
    timesheets.draw(session, year=2014, month=10, actor=Actor(henrik, november))
    sheets = timesheets.list_sheets(session, year=2014, month=10, actor=Actor(henrik, november))
    timesheets.approve(session, [one.sheet.public_id for one in sheets], actor=Actor(henrik, november))
    wages.book(session, year=2014, month=10, actor=Actor(controller, november))
    page = cockpit(session, year=2014, actor=Actor(henrik, november))
    assert (page.granted, page.delivered, page.invoiced) == (6_257_14, 450_00, 450_00)
    assert page.in_frame is not None
    assert (page.in_frame.refund, page.in_frame.own_cost) == (225_00, 225_00)

    report = municipal_report(
        session,
        first=date(2014, 10, 1),
        last=later,
        with_courses=True,
        reason="Måned",
        actor=Actor(henrik, later),
        law=law_of(session),
    )
    book = openpyxl.load_workbook(BytesIO(write_municipal_report(report, "Sønderå Kommune")), data_only=True)
    assert [cell.value for cell in book["Forløb"][2]][:2] == [grant.case_number, "Team Unge"]
    figures = [cell for row in book["Måneder"].iter_rows(min_row=2, values_only=True) for cell in row]
    assert 450 not in figures, "one citizen alone can be read from the months"


def the_log_knows_who_looked(session: Session, referral: Referral) -> None:
    """Every act on the citizen stands in the log, with no CPR number in it."""
    events = session.scalars(select(Event)).all()
    acts = {event.action for event in events if referral.citizen_id in event.citizen_ids}
    assert {"grant.approve", "match.choose", "agreement.accept", "letter.read"} <= acts
    assert not any(A_ROW["CPR-nr"] in str(event.detail) for event in events)
