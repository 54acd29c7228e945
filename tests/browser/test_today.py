"""Siderne i 2026: the pages that differ under today's law are fit to be seen, and speak of no frame."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import log_in, look_at
from tests.browser.test_pages import FIRST_OF, PAGES

pytestmark = pytest.mark.browser

DIFFERENT = {
    "lone": ["/min-dag"],
    "henrik": ["/ramme", "/ramme?aar=2027", "/ramme/linjer", "/bevillinger/godkendelser", "/klager"],
    "controller": ["/ramme/beloeb", "/ramme/beloeb?aar=2027", "/refusion/opgoerelser"],
}
FIRST_DIFFERENT = {
    "henrik": ("/bevillinger/godkendelser", "/bevillinger/afgoerelse"),
    "controller": ("/refusion/opgoerelser", "/refusion/opgoerelser/"),
}
ADDED = {
    "lone": ["/klager", "/klager?status=", "/aktindsigt", "/regler/hvad-vi-ikke-ved", "/regler?dag=30-11-2026"],
    "henrik": [
        "/aktindsigt",
        "/teamets-frister",
        "/regler/laesninger",
        "/regler/laesninger/ny",
        "/regler/egne",
        "/regler/egne/nyt",
    ],
    "samira": ["/dine-oplysninger"],
}
"""Pages of today's law that the walk through 2014 has not."""
FIRST_ADDED = {"lone": [("/klager", "klage-foerste")]}
SAID_OF_NONE = re.compile(r"Loven har ingen ramme i 20\d\d")
FRAME_WORDS = re.compile(r"\b(mentor)?ramme(n|ns|r)?\b", re.IGNORECASE)


def in_this_town(address: str) -> str:
    """Return the page of the same year of this town: its first year and the one after it."""
    return address.replace("aar=2014", "aar=2026").replace("aar=2015", "aar=2027")


def look_without_frame(page: Page, name: str) -> None:
    """Look at a page, whose text says nothing of a frame but that the law has none."""
    text = SAID_OF_NONE.sub("", page.locator("body").inner_text())
    assert FRAME_WORDS.findall(text) == [], page.url
    look_at(page, name)


@pytest.mark.parametrize("username", DIFFERENT)
def test_the_pages_that_differ_in_2026_are_fit_to_be_seen(browser: Browser, today_address: str, username: str) -> None:
    page = log_in(browser, today_address, username)

    for address in DIFFERENT[username]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        look_without_frame(page, f"2026-{username}{re.sub(r'[/?=]', '-', address)}")
    if username in FIRST_DIFFERENT:
        listing, below = FIRST_DIFFERENT[username]
        page.goto(listing)
        page.locator(f"main a[href*='{below}']").first.click()
        look_without_frame(page, f"2026-{username}-foerste")


@pytest.mark.slow
@pytest.mark.parametrize("username", PAGES)
def test_every_page_of_a_role_is_fit_to_be_seen_in_2026(browser: Browser, today_address: str, username: str) -> None:
    page = log_in(browser, today_address, username)

    for address in PAGES[username] + ADDED.get(username, []):
        answer = page.goto(in_this_town(address))
        assert answer is not None
        assert answer.status == 200, address
        look_at(page, f"2026-{username}{re.sub(r'[/?=&]', '-', address)}")
    for listing, name in FIRST_OF.get(username, []) + FIRST_ADDED.get(username, []):
        page.goto(listing)
        page.locator(f"main a[href^='{listing}/']").first.click()
        look_at(page, f"2026-{name}")


@pytest.mark.slow
def test_a_request_for_access_is_fit_to_be_seen_in_2026(browser: Browser, today_address: str) -> None:
    page = log_in(browser, today_address, "lone")
    page.goto("/borgere")
    page.locator("main a[href^='/borgere/']:not([href='/borgere/ny'])").first.click()
    page.locator("main").get_by_role("link", name="Aktindsigt").click()
    look_at(page, "2026-aktindsigt-ny")

    page.get_by_label("Borgeren selv").check()
    page.get_by_role("button", name="Gem anmodningen").click()

    expect(page.get_by_text("Skal være givet")).to_be_visible()
    look_at(page, "2026-aktindsigt")
    page.goto("/aktindsigt")
    look_at(page, "2026-aktindsigt-liste")
