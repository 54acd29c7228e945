"""Vejledningerne: every question mark leads to a part that stands there, every guide opens, every picture exists."""

import re

import pytest
from flask import Flask

from jobcenter_mentor.config import PACKAGE, resource_dir
from jobcenter_mentor.platform.access.policy import ROLES
from jobcenter_mentor.screens.guide.guides import GUIDE_OF, GUIDES, PICTURES, PLACES
from tests.logins import Visitor


def parts(slug: str) -> set[str]:
    text = (resource_dir("templates") / "screens" / "guide" / f"{slug}.html").read_text(encoding="utf-8")
    return set(re.findall(r'call step\("([\w-]+)"', text))


def test_every_role_has_a_guide() -> None:
    assert set(GUIDE_OF) == set(ROLES)
    assert set(GUIDE_OF.values()) == set(GUIDES)


def test_every_question_mark_leads_to_a_part_that_is_there(app: Flask) -> None:
    assert [place for place in PLACES.values() if place[1] not in parts(place[0])] == []
    assert [endpoint for endpoint in PLACES if endpoint not in app.view_functions] == []


def test_every_picture_that_a_guide_shows_is_there() -> None:
    shown = set()
    for path in (resource_dir("templates") / "screens" / "guide").glob("*.html"):
        shown |= set(re.findall(r'call step\("[^"]*", "[^"]*", "([\w-]+)"', path.read_text(encoding="utf-8")))

    assert shown == set(PICTURES)
    assert {path.stem for path in (PACKAGE / "static" / "guide").glob("*.png")} == set(PICTURES)


@pytest.mark.parametrize("slug", GUIDES)
def test_every_guide_opens(as_caseworker: Visitor, slug: str) -> None:
    assert as_caseworker.get(f"/hjaelp/{slug}").status_code == 200


def test_an_unknown_guide_is_not_found(as_caseworker: Visitor) -> None:
    assert as_caseworker.get("/hjaelp/troldmand").status_code == 404
