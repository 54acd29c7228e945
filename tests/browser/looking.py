"""At se på en side: a picture at both widths, no accessibility violation, no sideways scrolling, no console error."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from jobcenter_mentor_demo.staff import PASSWORD

PICTURES = Path(os.environ.get("PICTURES", "test-results/pictures"))
WIDTHS = {1280: 900, 390: 844}


def log_in(browser: Browser, address: str, username: str) -> Page:
    """Open a browser profile of its own and log in as a person of the demo."""
    context = browser.new_context(base_url=address, locale="da-DK", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/log-ind")
    page.get_by_label("Brugernavn").fill(username)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()
    page.wait_for_load_state()
    return page


def look_at(page: Page, name: str) -> None:
    """Take the page's picture at both widths and hold it to what every page must be."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True, animations="disabled")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways at {width}"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name} at {width}:\n{found.generate_report()}"
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("h1")).to_have_count(1)
