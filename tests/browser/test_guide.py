"""Hjælp i browseren: the guides' pictures are of the product as it is, and every question mark leads to its part."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from jobcenter_mentor.config import PACKAGE
from jobcenter_mentor.screens.guide.guides import PICTURES
from tests.browser.looking import log_in, look_at

pytestmark = pytest.mark.browser

KEPT = PACKAGE / "static" / "guide"
SIZE = {"width": 1280, "height": 720}


def test_the_pictures_of_the_guides_are_taken_anew(browser: Browser, demo_address: str, tmp_path: Path) -> None:
    folder = Path(os.environ.get("GUIDE_PICTURES", tmp_path))
    for username in dict.fromkeys(user for user, *_ in PICTURES.values()):
        page = log_in(browser, demo_address, username)
        page.set_viewport_size(SIZE)
        for name, (user, address, *links) in PICTURES.items():
            if user == username:
                assert page.goto(address).ok, address
                for link in links:
                    page.get_by_role("link", name=link, exact=True).first.click()
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{name}.png", animations="disabled")
        page.context.close()

    taken = {path.name: path.stat().st_size for path in folder.glob("*.png")}
    assert set(taken) == {path.name for path in KEPT.glob("*.png")} == {f"{name}.png" for name in PICTURES}
    assert min(taken.values()) > 10_000


def test_the_question_mark_opens_the_part_about_the_page(browser: Browser, demo_address: str) -> None:
    page = log_in(browser, demo_address, "lone")
    page.goto("/min-dag")

    page.get_by_role("link", name="Hjælp til siden").click()

    expect(page.locator("h1")).to_contain_text("Hjælp: sagsbehandler")
    assert page.url.endswith("/hjaelp/sagsbehandler#min-dag")
    look_at(page, "hjaelp-sagsbehandler")
    page.goto("/hjaelp")
    look_at(page, "hjaelp")
