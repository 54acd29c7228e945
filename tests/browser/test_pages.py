"""Siderne: every page a role meets answers, fits both widths, and has no accessibility violation."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.looking import log_in, look_at

pytestmark = pytest.mark.browser

PAGES = {
    "lone": [
        "/min-dag",
        "/borgere",
        "/borgere/ny",
        "/borgere/soeg?q=jensen",
        "/henvisninger",
        "/bevillinger",
        "/opfoelgning",
        "/opfoelgning?frist=udsat",
        "/fravaer",
        "/breve/ikke-sendt",
        "/rapporter",
        "/import",
        "/regler",
        "/regler?dag=15-10-2017",
    ],
    "henrik": [
        "/opfoelgning?hvem=team&frist=leder",
        "/fravaer",
        "/ramme",
        "/ramme?aar=2015",
        "/ramme/beloeb",
        "/ramme/linjer",
        "/bevillinger/godkendelser",
        "/sagsstammer",
        "/rapporter/udtraek",
        "/rapporter/statistik",
        "/rapporter/statistik?aar=2014",
        "/rapporter/datakvalitet",
        "/rapporter/datakvalitet?eftersyn=qualification",
    ],
    "amal": [
        "/spoergeskemaer",
        "/rapporter/byg",
        "/rapporter/byg?maal=held&opdeling=month",
        "/korpset",
        "/korpset/prognose",
        "/matchning",
        "/mentorer",
        "/mentorer/ny",
        "/leverandoerer",
        "/virksomheder",
        "/korpset/supervision",
        "/mentorer/oprydning",
        "/mentorer/typer",
        "/matchning/flaskehalse",
        "/matchning/vaegte",
        "/rapporter/korpset",
    ],
    "samira": [
        "/logbog",
    ],
    "jens": [
        "/logbog",
    ],
    "peter": [
        "/logbog",
    ],
    "ellen": [
        "/logbog",
    ],
    "dorthe": [
        "/leverandoer",
    ],
    "controller": [
        "/ramme",
        "/ramme/beloeb",
        "/rapporter",
        "/refusion",
        "/refusion?forskel=ja",
        "/refusion/fakturaer/ny",
        "/refusion/timesedler",
        "/refusion/kaeden",
        "/refusion/opgoerelser",
    ],
    "admin": [
        "/drift",
        "/drift/ny-bruger",
        "/drift/nyt-team",
    ],
    "revisor": [
        "/haendelseslog",
        "/rapporter",
    ],
}

FIRST_OF = {
    "lone": [
        ("/bevillinger", "forloeb-foerste"),
        ("/borgere", "borger-foerste"),
        ("/henvisninger", "henvisning-foerste"),
    ],
    "amal": [
        ("/matchning", "match-foerste"),
        ("/mentorer", "mentor-foerste"),
        ("/leverandoerer", "leverandoer-foerste"),
    ],
    "admin": [("/drift", "bruger-foerste")],
    "samira": [("/logbog", "log-foerste")],
}


@pytest.mark.parametrize("username", PAGES)
def test_every_page_of_a_role_is_fit_to_be_seen(browser: Browser, demo_address: str, username: str) -> None:
    page = log_in(browser, demo_address, username)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(f"{page.url}: {said.text}") if said.type == "error" else None)

    for address in PAGES[username]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        look_at(page, f"{username}{address.split('?')[0].replace('/', '-')}")
    for listing, name in FIRST_OF.get(username, []):
        page.goto(listing)
        page.locator(f"main a[href^='{listing}/']").first.click()
        look_at(page, name)

    assert errors == []


def test_the_log_in_page_and_a_wrong_password(browser: Browser, demo_address: str) -> None:
    page = browser.new_context(base_url=demo_address, locale="da-DK").new_page()
    page.goto("/min-dag")
    look_at(page, "log-ind")

    page.get_by_label("Brugernavn").fill("lone")
    page.get_by_label("Adgangskode").fill("forkert adgangskode")
    page.get_by_role("button", name="Log ind").click()

    expect(page.get_by_label("Brugernavn")).to_have_value("lone")
    look_at(page, "log-ind-forkert")


def test_an_unknown_page_says_so_and_leads_home(browser: Browser, demo_address: str) -> None:
    page = log_in(browser, demo_address, "lone")

    answer = page.goto("/bevillinger/findes-ikke")

    assert answer is not None
    assert answer.status == 404
    look_at(page, "findes-ikke")


def test_the_slash_key_leads_to_the_search_box(browser: Browser, demo_address: str) -> None:
    page = log_in(browser, demo_address, "lone")

    page.keyboard.press("/")
    page.keyboard.type("samira")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{demo_address}/borgere/soeg?q=samira")
