"""Hovedopgaven i browseren: five people carry one citizen from referral to report on the made-up municipality."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import log_in, look_at
from tests.builders import nobodys_cpr

pytestmark = pytest.mark.browser

GOAL = "Walther møder selv op i træningskøkkenet tre dage om ugen inden den 15. januar 2015."


def test_one_citizen_from_referral_to_report(browser: Browser, demo_address: str, tmp_path: Path) -> None:
    people = {name: log_in(browser, demo_address, name) for name in ("lone", "henrik", "amal", "samira", "controller")}

    referral = refer_a_new_citizen(people["lone"])
    propose(people["lone"], referral)
    case = approve(people["henrik"])
    choose_samira(people["amal"], case)
    make_the_agreement(people, case)
    log_a_meeting_on_the_phone(people["samira"])
    see_it_followed_up(people["lone"], case)
    see_the_money(people["henrik"])
    take_the_report(people["controller"], tmp_path)


def refer_a_new_citizen(page: Page) -> str:
    """Step 1: an unknown citizen is made and referred; what the law asks stands on the page."""
    look_at(page, "min-dag")
    page.get_by_role("link", name="Ny henvisning").first.click()
    look_at(page, "henvisning-find")
    page.get_by_role("link", name="Opret borger").click()
    page.get_by_label("CPR-nummer", exact=True).fill(nobodys_cpr(2900))
    page.get_by_label("Fornavn").fill("Walther")
    page.get_by_label("Efternavn").fill("Ærøskøbing")
    page.get_by_label("Målgruppe", exact=True).select_option("kontanthjaelp")
    page.get_by_label("Visitation", exact=True).select_option("aktivitetsparat")
    page.get_by_label("Gældende fra").fill("01-09-2014")
    look_at(page, "borger-ny")
    page.get_by_role("button", name="Opret borger").click()
    look_at(page, "borger")
    page.get_by_role("link", name="Ny henvisning").first.click()

    page.get_by_role("group", name="Kan borgeren deltage i andre tilbud nu?").get_by_label(
        "Nej, personlige forhold"
    ).check()
    first_offer = page.get_by_role("group", name="Er det borgerens første tilbud i perioden?")
    expect(first_offer.get_by_label("Ved ikke")).to_be_checked()
    first_offer.get_by_label("Ja", exact=True).check()
    page.get_by_label("Søvn og døgnrytme").check()
    page.get_by_label("Komme op og af sted").check()
    page.get_by_label("Et konkret mål, der kan måles").fill(GOAL)
    page.get_by_label("Borgeren er spurgt den").fill("14-10-2014")
    page.get_by_label("Første dag").fill("15-10-2014")
    page.get_by_label("Uger").fill("26")
    page.get_by_label("Timer/uge").fill("2")
    look_at(page, "henvisning-ny")
    page.get_by_role("button", name="Gem henvisningen").click()
    expect(page.locator("h1")).to_contain_text("W.Æ., sag 2014-")
    look_at(page, "henvisning")
    return page.url


def propose(page: Page, referral: str) -> None:
    """Steps 2 and 3: the Lovvurdering answers, and the proposal is sent to somebody else."""
    page.goto(referral)
    page.get_by_role("link", name="Til bevilling").click()
    panel = page.get_by_role("complementary", name="Lovvurdering")
    expect(panel).to_contain_text("Skal gives. Ret og pligt efter LAB § 93, kontakt mindst hver uge")
    expect(panel).to_contain_text("15.600,00")
    page.get_by_label("Timer/uge").fill("3")
    expect(panel).to_contain_text("23.400,00")
    page.get_by_label("Timer/uge").fill("2")
    expect(panel).to_contain_text("15.600,00")
    look_at(page, "bevilling-ny")
    page.get_by_role("button", name="Send til godkendelse").click()
    expect(page.get_by_text("venter på, at en anden godkender")).to_be_visible()
    look_at(page, "indstilling")


def approve(page: Page) -> str:
    """Step 3: the team leader reads, approves, and the letter is sent exactly as kept."""
    look_at(page, "rammen")
    page.get_by_role("link", name="Godkendelser").click()
    look_at(page, "godkendelser")
    page.get_by_role("link", name=re.compile("Walther|W.Æ.")).first.click()
    look_at(page, "afgoerelse")
    page.get_by_role("button", name="Godkend og send brevet").click()
    expect(page.locator("h1")).to_contain_text("W.Æ., sag 2014-")
    case = page.url
    look_at(page, "forloeb-nyt")
    page.goto(f"{case}?fane=breve")
    letter = page.locator("main a[href^='/breve/'][href$='.pdf']").first
    answer = page.request.get(letter.get_attribute("href") or "")
    assert answer.body().startswith(b"%PDF")
    return case


def choose_samira(page: Page, case: str) -> None:
    """Step 4: mentors are ranked with reasons; the coordinator chooses."""
    look_at(page, "korpset")
    page.goto(case.replace("/bevillinger/", "/matchning/"))
    expect(page.locator("ul.why").first.locator("li")).not_to_have_count(0)
    look_at(page, "match")
    page.locator("#mentor").select_option(label=page.locator("option", has_text="Samira Haddad").first.inner_text())
    page.locator("#choice_reason").fill("Kender området og køkkenet.")
    page.get_by_role("button", name="Vælg mentor").click()
    expect(page.get_by_text("Samira Haddad").locator("visible=true").first).to_be_visible()


def make_the_agreement(people: dict[str, Page], case: str) -> None:
    """Step 5: the six items of § 31 c are refused while one is missing, then accepted by all three."""
    lone, agreement = people["lone"], case.replace("/bevillinger/", "/aftaler/")
    lone.goto(agreement)
    lone.get_by_role("link", name="Skriv aftalen").click()
    goal = lone.locator("#goal")
    goal.fill("")
    lone.get_by_role("button", name="Gem aftalen").click()
    expect(lone.locator(".form-error-message").first).to_be_visible()
    look_at(lone, "aftale-mangler")
    goal.fill(GOAL)
    lone.get_by_role("button", name="Gem aftalen").click()
    lone.get_by_role("button", name="Acceptér aftalen som jobcentret").click()
    lone.get_by_text("Registrér svaret fra borgeren").click()
    lone.locator("#citizen-answer").select_option("accepted")
    lone.locator("#citizen-how").select_option("in_person")
    lone.locator("#citizen-answered_on").fill("15-10-2014")
    lone.locator("#citizen-given_by").select_option("self")
    lone.locator("form:has(#citizen-answer)").get_by_role("button", name="Gem svaret").click()
    people["samira"].goto(agreement)
    people["samira"].get_by_role("button", name="Acceptér aftalen som mentor").click()
    lone.reload()
    expect(lone.get_by_text("Indgået").first).to_be_visible()
    look_at(lone, "aftale")


def log_a_meeting_on_the_phone(page: Page) -> None:
    """Step 6: on a phone, the meeting is logged and the next contact is told."""
    page.goto("/logbog")
    look_at(page, "logbog")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="W.Æ.").click()
    look_at(page, "log-moede")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Gem mødet").click()
    expect(page.get_by_text("22.10.2014").first).to_be_visible()
    look_at(page, "kvittering")


def see_it_followed_up(page: Page, case: str) -> None:
    """Step 7: the case shows the meeting and its deadlines, each with its section."""
    page.goto(case)
    expect(page.get_by_text(re.compile(r"^Møde, \d")).first).to_be_visible()
    look_at(page, "forloeb")
    page.goto("/opfoelgning")
    look_at(page, "opfoelgning")


def see_the_money(page: Page) -> None:
    """Step 8: the frame with its refund split; a figure opens its lines."""
    page.goto("/ramme")
    figure = page.get_by_role("row", name=re.compile("^Team Unge")).get_by_role("link").nth(1)
    granted = figure.inner_text()
    figure.click()
    expect(page.locator("h1")).to_contain_text("Linjerne bag tallet")
    expect(page.get_by_role("row", name=re.compile("^I alt"))).to_contain_text(granted)
    look_at(page, "linjer")


def take_the_report(page: Page, folder: Path) -> None:
    """Step 9: economy takes the municipal report as a workbook."""
    page.goto("/rapporter")
    look_at(page, "rapporter")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Hent som Excel").click()
    waiting.value.save_as(folder / "rapport.xlsx")
    book = openpyxl.load_workbook(folder / "rapport.xlsx", data_only=True)
    assert book.sheetnames == ["Måneder", "Konti", "Definitioner"]
    assert book["Måneder"].max_row > 10
