"""Indstillinger: an installation in use starts with safe settings only, and says by name what is wrong."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.fernet import Fernet

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config, UnsafeSettings


def in_use() -> Config:
    return Config(
        database_url="sqlite://",
        secret_key="a" * 32,
        cpr_keys=(Fernet.generate_key().decode(),),
        cpr_index_key="b" * 32,
    )


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"database_url": ""}, "DATABASE_URL"),
        ({"secret_key": ""}, "SECRET_KEY"),
        ({"secret_key": "changeme"}, "SECRET_KEY"),
        ({"cpr_keys": ()}, "CPR_KEYS"),
        ({"cpr_keys": ("not a key",)}, "CPR_KEYS"),
        ({"cpr_index_key": "short"}, "CPR_INDEX_KEY"),
        ({"cpr_index_key": "a" * 32}, "CPR_INDEX_KEY"),
        ({"working_date": date(2014, 10, 15)}, "WORKING_DATE"),
        ({"secure_cookies": False}, "Secure"),
    ],
)
def test_an_unsafe_setting_is_refused_by_name(changes: dict[str, object], named: str) -> None:
    with pytest.raises(UnsafeSettings, match=named):
        replace(in_use(), **changes)


def test_no_secret_shows_when_settings_are_printed() -> None:
    assert "aaaa" not in repr(in_use())
    assert "bbbb" not in repr(in_use())


def test_the_cookie_of_an_installation_in_use_is_bound_to_its_host() -> None:
    settings = create_app(in_use()).config

    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"
    assert (settings["SESSION_COOKIE_SECURE"], settings["SESSION_COOKIE_HTTPONLY"]) == (True, True)
    assert (settings["SESSION_COOKIE_SAMESITE"], settings["SESSION_COOKIE_DOMAIN"]) == ("Lax", None)
