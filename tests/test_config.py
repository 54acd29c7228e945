"""Indstillinger: an installation in use starts with safe settings only; what is wrong is told at once and by name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet

from jobcenter_mentor.app import create_app
from jobcenter_mentor.cli.main import main
from jobcenter_mentor.config import Config, UnsafeSettings

SECRET, OTHER = "6f1d8c2e9ab347505d1e7c3b8a90f264", "b7e20c9f415ad8360e1b9c7d2f84a653"
KEY = Fernet.generate_key().decode()
NAMES = ("DATABASE_URL", "SECRET_KEY", "CPR_KEYS", "CPR_INDEX_KEY", "PUBLIC_URL")
ALL_OF_THEM = (
    *NAMES,
    "DEMO",
    "DEMO_FOLDER",
    "DEMO_HOSTS",
    "QUEUE_FILE",
    "TRUSTED_HOSTS",
    "TRUSTED_PROXIES",
    "WORKING_DATE",
    "SMTP_HOST",
    "SMTP_FROM",
    "SMTP_PORT",
    "SHOW_SQL",
)


@pytest.fixture
def in_use(tmp_path: Path) -> Config:
    file = tmp_path / "mentor.sqlite"
    file.touch(mode=0o600)
    return Config(
        database_url=f"sqlite:///{file}",
        secret_key=SECRET,
        cpr_keys=(KEY,),
        cpr_index_key=OTHER,
        public_url="https://mentor.example.dk",
        queue_file=tmp_path / "queue.sqlite",
        outward=True,
    )


@pytest.fixture
def environment(in_use: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of an installation whose settings are good."""
    monkeypatch.chdir(tmp_path)
    for name in ALL_OF_THEM:
        monkeypatch.delenv(name, raising=False)
    values = (in_use.database_url, SECRET, KEY, OTHER, "https://mentor.example.dk")
    for name, value in zip(NAMES, values, strict=True):
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"database_url": ""}, "DATABASE_URL"),
        ({"database_url": "sqlite://"}, "DATABASE_URL.*gå tabt"),
        ({"database_url": "sqlite:////findes/ikke/mentor.sqlite"}, "DATABASE_URL.*mappen /findes/ikke findes ikke"),
        ({"database_url": "sqlite:////tmp"}, "DATABASE_URL.*mappen /tmp"),
        ({"database_url": "mysql://u:hemmelig@host/db"}, "DATABASE_URL nævner mysql"),
        ({"database_url": "postgresql+psycopg://u:hemmelig@host"}, "DATABASE_URL nævner ingen database"),
        ({"database_url": "postgres//u:hemmelig@host/db"}, "DATABASE_URL kan ikke læses"),
        ({"database_url": "postgresql+psycopg://u:hemmelig@host:femfire/db"}, "DATABASE_URL kan ikke læses"),
        ({"secret_key": ""}, "SECRET_KEY mangler"),
        ({"secret_key": "changeme"}, "SECRET_KEY er for kort"),
        ({"secret_key": "a" * 32}, "SECRET_KEY er let at gætte"),
        ({"secret_key": "changeme" * 8}, "SECRET_KEY er let at gætte"),
        ({"secret_key": OTHER}, "SECRET_KEY og CPR_INDEX_KEY"),
        ({"secret_key": KEY}, "CPR_KEYS må ikke bruges"),
        ({"cpr_keys": ()}, "CPR_KEYS mangler"),
        ({"cpr_keys": ("not a key",)}, "CPR_KEYS har en nøgle"),
        ({"cpr_keys": ("A" * 43 + "=",)}, "CPR_KEYS har en nøgle"),
        ({"cpr_index_key": "short"}, "CPR_INDEX_KEY er for kort"),
        ({"working_date": date(2014, 10, 15)}, "WORKING_DATE"),
        ({"secure_cookies": False}, "Secure"),
        ({"public_url": ""}, "PUBLIC_URL mangler"),
        ({"public_url": "http://mentor.example.dk"}, "PUBLIC_URL skal begynde med https"),
        ({"public_url": "mentor.example.dk"}, "PUBLIC_URL skal begynde med https"),
        ({"public_url": "https://mentor.example.dk/mentor"}, "PUBLIC_URL.*uden sti"),
        ({"public_url": "https://u:p@mentor.example.dk"}, "PUBLIC_URL.*bruger"),
        ({"public_url": "https://"}, "PUBLIC_URL"),
        ({"public_url": "https://[::1"}, "PUBLIC_URL kan ikke læses"),
        ({"queue_file": Path("/findes/ikke/queue.sqlite")}, "QUEUE_FILE"),
        ({"queue_file": Path("/tmp")}, "QUEUE_FILE"),
    ],
)
def test_an_unsafe_setting_is_refused_by_name(in_use: Config, changes: dict[str, object], named: str) -> None:
    with pytest.raises(UnsafeSettings, match=named) as refused:
        replace(in_use, **changes)

    assert "hemmelig" not in str(refused.value)


@pytest.mark.parametrize("ending", ["", "-wal"])
@pytest.mark.parametrize("mode", [0o644, 0o602, 0o604])
def test_a_database_file_open_to_others_is_refused_by_name(in_use: Config, mode: int, ending: str) -> None:
    file = Path(in_use.database_url.removeprefix("sqlite:///") + ending)
    file.touch()
    file.chmod(mode)

    with pytest.raises(UnsafeSettings, match=f"andre brugere kan læse eller ændre {file}. Kør: chmod 600"):
        replace(in_use)


def test_a_queue_open_to_others_is_refused_by_name(in_use: Config) -> None:
    create_app(in_use)
    made = in_use.queue_file.stat().st_mode & 0o777
    in_use.queue_file.chmod(0o644)

    with pytest.raises(UnsafeSettings, match="QUEUE_FILE: andre brugere kan læse eller ændre"):
        replace(in_use)
    assert made == 0o600


def test_everything_wrong_is_told_at_once(environment: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        environment.delenv(name)
    environment.setenv("QUEUE_FILE", "/findes/ikke/queue.sqlite")

    with pytest.raises(UnsafeSettings) as refused:
        Config.from_environment(outward=True)

    lines = str(refused.value).splitlines()
    assert [line.split()[0].rstrip(":") for line in lines] == [*NAMES, "QUEUE_FILE"]
    assert sum("jobcenter-mentor keys new" in line for line in lines) == 3


def test_a_command_that_sends_nothing_out_needs_no_public_address(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("PUBLIC_URL")

    assert Config.from_environment().public_url == ""


def test_fresh_keys_are_good_settings(environment: pytest.MonkeyPatch) -> None:
    first, second = (CliRunner().invoke(main, ["keys", "new"]).stdout for _ in range(2))
    for line in first.splitlines():
        environment.setenv(*line.split("=", 1))

    config = Config.from_environment(outward=True)

    assert f"SECRET_KEY={config.secret_key}\n" in first
    assert not set(first.splitlines()) & set(second.splitlines())


@pytest.mark.parametrize("demo", ["0", "1", "true"])
def test_the_word_demo_in_the_environment_switches_nothing_on(environment: pytest.MonkeyPatch, demo: str) -> None:
    environment.setenv("DEMO", demo)
    environment.setenv("DEMO_FOLDER", "instance")

    config = Config.from_environment()

    assert (config.demo, config.secure_cookies, config.secret_key) == (False, True, SECRET)


def test_without_a_database_nothing_falls_back_to_a_demo_nearby(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.delenv("DATABASE_URL")
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "demo.sqlite").touch()

    with pytest.raises(UnsafeSettings, match="DATABASE_URL mangler"):
        Config.from_environment()


def test_the_demo_answers_to_the_machines_own_names_and_those_it_is_told(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DEMO_HOSTS", "demo.example.dk, 192.0.2.7")

    hosts = Config.for_demo(Path("demo")).trusted_hosts

    assert hosts == ("localhost", "127.0.0.1", "[::1]", "demo.example.dk", "192.0.2.7")


@pytest.mark.parametrize(
    ("told", "hosts"), [("", ("mentor.example.dk",)), ("a.example.dk, b.example.dk", ("a.example.dk", "b.example.dk"))]
)
def test_an_installation_answers_to_its_public_name(
    environment: pytest.MonkeyPatch, told: str, hosts: tuple[str, ...]
) -> None:
    environment.setenv("TRUSTED_HOSTS", told)

    assert Config.from_environment().trusted_hosts == hosts


@pytest.mark.parametrize("wrong", ["proxy.example.dk", "10.0.0.0/33", "10.0.0.1;10.0.0.2"])
def test_a_proxy_that_is_no_address_is_refused_by_name(environment: pytest.MonkeyPatch, wrong: str) -> None:
    environment.setenv("TRUSTED_PROXIES", f"127.0.0.1, unix, {wrong}")

    environment.setenv("SMTP_HOST", "post.example.dk")
    environment.setenv("SMTP_PORT", "mange")
    environment.setenv("SECRET_KEY", "kort")

    with pytest.raises(UnsafeSettings) as told:
        Config.from_environment()

    assert all(name in str(told.value) for name in ("TRUSTED_PROXIES", "SMTP_PORT", "SECRET_KEY"))


def test_the_path_of_a_database_file_is_taken_from_the_folder_of_the_command(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("DATABASE_URL", "sqlite:///mentor.sqlite")

    assert Config.from_environment().database_url == f"sqlite:///{tmp_path}/mentor.sqlite"


def test_no_secret_shows_when_settings_are_printed(in_use: Config) -> None:
    assert not [secret for secret in (SECRET, OTHER, KEY) if secret in repr(in_use)]


def test_the_cookie_of_an_installation_in_use_is_bound_to_its_host(in_use: Config) -> None:
    settings = create_app(in_use).config

    assert settings["SESSION_COOKIE_NAME"] == "__Host-session"
    assert (settings["SESSION_COOKIE_SECURE"], settings["SESSION_COOKIE_HTTPONLY"]) == (True, True)
    assert (settings["SESSION_COOKIE_SAMESITE"], settings["SESSION_COOKIE_DOMAIN"]) == ("Lax", None)


@pytest.mark.parametrize(("said", "shown"), [("1", True), ("0", False), ("", False)])
def test_the_log_shows_the_sql_where_it_is_asked_to(environment: pytest.MonkeyPatch, said: str, shown: bool) -> None:
    environment.setenv("SHOW_SQL", said)

    assert Config.from_environment().shows_sql is shown
