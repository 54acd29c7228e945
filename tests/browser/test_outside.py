"""Uden login og uden at miste noget: a link answered on a phone in six taps, and drafts that outlive the line."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import log_in, look_at

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
COUNT_TAPS = """window.taps = 0;
document.addEventListener("click", event => { if (event.isTrusted) window.taps += 1; }, true);"""


def a_link_of(page: Page) -> str:
    """Make a link as the coordinator does, from the log of a running course with a mentor."""
    page.goto("/bevillinger?status=l%C3%B8bende")
    for address in page.locator("main a[href^='/bevillinger/']").evaluate_all("all => all.map(a => a.href)"):
        page.goto(re.sub("/bevillinger/([0-9a-f-]{36}).*", r"/logbog/\1/alle", address))
        if page.get_by_role("button", name="Lav link til mentoren").count():
            break
    page.get_by_role("button", name="Lav link til mentoren").click()
    look_at(page, "logbog-link-lavet")
    return page.get_by_label("Link", exact=True).input_value()


def test_a_mentor_without_a_log_in_logs_a_meeting_in_six_taps(browser: Browser, demo_address: str) -> None:
    link = a_link_of(log_in(browser, demo_address, "amal"))
    context = browser.new_context(base_url=demo_address, locale="da-DK", viewport=PHONE, has_touch=True)
    phone = context.new_page()
    phone.add_init_script(COUNT_TAPS)
    phone.goto(link)
    look_at(phone, "link-log")
    phone.set_viewport_size(PHONE)

    phone.get_by_label("Telefon", exact=True).tap()
    phone.get_by_label("½ t", exact=True).tap()
    phone.get_by_label("Tættere på").tap()
    phone.get_by_label("Dato", exact=True).fill("15-10-2014")
    taps = phone.evaluate("window.taps")
    phone.get_by_role("button", name="Gem mødet").tap()

    expect(phone.get_by_role("heading", name="Mødet er gemt")).to_be_visible()
    look_at(phone, "link-kvittering")
    assert taps + 1 <= 6
    phone.goto(link)
    expect(phone.get_by_text("Telefon, 30 minutter")).to_be_visible()
    context.close()


@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_what_is_written_outlives_the_line_and_stays_on_its_own_case(
    browser: Browser, demo_address: str, times: int
) -> None:
    page = log_in(browser, demo_address, "samira")
    page.goto("/logbog")
    cases = page.locator("main a[href^='/logbog/']").evaluate_all("all => [...new Set(all.map(a => a.href))]")
    mine, other = cases[:2]
    for number in range(times):
        words = f"Skrevet, før linjen gik, {number}"
        page.goto(mine)
        note = page.get_by_label("Note", exact=True)
        if not note.is_visible():
            page.locator("main summary").click()
        note.fill(words)
        expect(page.locator(".draft [role=status]")).to_contain_text(re.compile(r"Kladde gemt kl\. \d\d\.\d\d"))
        page.context.set_offline(True)
        note.fill(words + " og mere, der ikke nåede frem")
        page.context.set_offline(False)
        page.goto("about:blank")

        page.goto(mine)
        expect(page.get_by_label("Note", exact=True)).to_have_value(re.compile(re.escape(words)))
        page.goto(other)
        expect(page.get_by_label("Note", exact=True)).to_have_value("")

    page.goto(mine)
    look_at(page, "log-kladde")
    page.get_by_role("button", name="Slet kladden").click()
    expect(page.get_by_label("Note", exact=True)).to_have_value("")
