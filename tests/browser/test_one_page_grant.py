"""Ny bevilling med tastaturet alene: a known right-and-duty citizen, twelve inputs at most, nothing typed twice."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import log_in, look_at
from tests.builders import nobodys_cpr

pytestmark = pytest.mark.browser

MOST_INPUTS = 12
CPR = nobodys_cpr(2907)
NAME = "document.activeElement.name"
VALUE = "document.activeElement.value"


class Keyboard:
    """A caseworker without a mouse, whose inputs are counted: one for each control, a group once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.used: list[str] = []

    def reach(self, name: str, value: str = "") -> None:
        """Go on by Tab to a control (and, in a group, to one of its boxes)."""
        for _ in range(90):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME) == name and (not value or self.page.evaluate(VALUE) == value):
                return
        raise AssertionError(f"{name} {value} can't be reached by Tab")

    def note(self, name: str) -> None:
        """Count the control; the boxes of a group are one."""
        if self.used[-1:] != [name]:
            self.used.append(name)

    def write(self, name: str, text: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.note(name)

    def tick(self, name: str, *values: str) -> None:
        for value in values:
            self.reach(name, value)
            self.page.keyboard.press("Space")
        self.note(name)

    def press(self, name: str, value: str) -> None:
        """Press a button; it is no input."""
        self.reach(name, value)
        self.page.keyboard.press("Enter")


def a_known_citizen(page: Page) -> None:
    page.goto("/borgere/ny")
    page.get_by_label("CPR-nummer", exact=True).fill(CPR)
    page.get_by_label("Fornavn").fill("Tove")
    page.get_by_label("Efternavn").fill("Åkjær")
    page.get_by_label("Målgruppe", exact=True).select_option("kontanthjaelp")
    page.get_by_label("Visitation", exact=True).select_option("aktivitetsparat")
    page.get_by_label("Gældende fra").fill("01-09-2014")
    page.get_by_role("button", name="Opret borger").click()
    expect(page.get_by_role("link", name="Ny henvisning").first).to_be_visible()


def test_a_grant_takes_at_most_twelve_inputs_and_no_mouse(browser: Browser, demo_address: str) -> None:
    page = log_in(browser, demo_address, "lone")
    a_known_citizen(page)
    page.goto("/henvisninger/ny")
    keyboard = Keyboard(page)

    keyboard.write("cpr", CPR)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Ny henvisning")
    keyboard.reach("other_offers")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    keyboard.note("other_offers")
    keyboard.reach("first_offer")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    keyboard.note("first_offer")
    keyboard.tick("barriers", "sleep", "isolation")
    keyboard.tick("tasks", "out_of_bed", "transport")
    keyboard.write("goal", "Tove møder selv op i køkkenet tre dage om ugen.")
    keyboard.write("goal_by", "15-01-2015")
    keyboard.write("consulted_on", "14-10-2014")
    keyboard.write("wishes", "Gerne en kvinde")
    keyboard.write("minutes_per_week", "2")
    panel = page.get_by_role("complementary", name="Lovvurdering")
    expect(panel).to_contain_text("Skal gives. Ret og pligt efter LAB § 93, kontakt mindst hver uge")
    expect(panel).to_contain_text("15.600,00")
    expect(panel).to_contain_text("Brevet er komplet.")
    look_at(page, "bevilling-paa-en-side")
    keyboard.press("act", "send")

    expect(page.get_by_text("venter på, at en anden godkender")).to_be_visible()
    assert len(keyboard.used) <= MOST_INPUTS
    assert len(set(keyboard.used)) == len(keyboard.used), "typed twice"
