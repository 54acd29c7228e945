"""Indstillinger: the settings of this installation, read from the environment here and nowhere else."""

import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cryptography.fernet import Fernet

PACKAGE = Path(__file__).parent
DEMO_DAY = date(2014, 10, 15)
SHORTEST_SECRET = 32


class UnsafeSettings(Exception):
    """Usikker opsætning: the installation lacks a setting or has one it must not have; the message names it."""


@dataclass(frozen=True)
class MailServer:
    """Postserver: where reminders are handed over, and whom they are from."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Er den på samme maskine? Only then may mail go to it unencrypted."""
        return self.host in {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Config:
    """Opsætning: one frozen set of settings; `create_app` takes it, tests build their own.

    `cpr_keys` are Fernet keys, newest first; the older ones can still be read. `working_date` replaces today's
    date and is lawful in the demo and in tests only. `queue_file` holds the queue of background jobs; without it
    (in tests) a job runs at once. Without `mail` no reminders are sent; with it `public_url` is the address that users
    reach the system at.
    """

    database_url: str
    secret_key: str = field(repr=False)
    cpr_keys: tuple[str, ...] = field(repr=False)
    cpr_index_key: str = field(repr=False)
    demo: bool = False
    testing: bool = False
    secure_cookies: bool = True
    working_date: date | None = None
    queue_file: Path | None = None
    mail: MailServer | None = None
    public_url: str = ""

    def __post_init__(self) -> None:
        """Refuse, by name, a missing key, and outside the demo and tests a working date and what is easily guessed."""
        if self.working_date is not None and not (self.demo or self.testing):
            raise UnsafeSettings("WORKING_DATE må kun bruges i demoen.")
        for name in ("database_url", "secret_key", "cpr_keys", "cpr_index_key"):
            if not getattr(self, name):
                raise UnsafeSettings(f"{name.upper()} mangler. Sæt den i miljøet.")
        if self.mail is not None and not (self.mail.sender and self.public_url):
            raise UnsafeSettings("SMTP_HOST er sat, men SMTP_FROM eller PUBLIC_URL mangler. Sæt dem i miljøet.")
        if not (self.demo or self.testing):
            self._refuse_weak()

    def _refuse_weak(self) -> None:
        """Refuse short secrets, keys that can't encrypt and cookies that travel in the open."""
        for name in ("secret_key", "cpr_index_key"):
            if len(getattr(self, name)) < SHORTEST_SECRET:
                raise UnsafeSettings(f"{name.upper()} er for kort. Brug mindst {SHORTEST_SECRET} tilfældige tegn.")
        if self.secret_key == self.cpr_index_key:
            raise UnsafeSettings("SECRET_KEY og CPR_INDEX_KEY skal være forskellige.")
        try:
            for key in self.cpr_keys:
                Fernet(key)
        except ValueError as error:
            raise UnsafeSettings("CPR_KEYS har en nøgle, der ikke er en Fernet-nøgle.") from error
        if not self.secure_cookies:
            raise UnsafeSettings("Cookies skal være sikre (Secure) uden for demoen.")

    @classmethod
    def from_environment(cls) -> "Config":
        """Read the settings of an installation in use; without an address, those of the demo kept in its folder.

        Raises UnsafeSettings, naming the setting, where one is missing.
        """
        url = os.environ.get("DATABASE_URL", "")
        if os.environ.get("DEMO") or (not url and has_demo(demo_folder())):
            return cls.for_demo(demo_folder())
        return cls(
            database_url=normalised_url(url),
            secret_key=os.environ.get("SECRET_KEY", ""),
            cpr_keys=tuple(key for key in os.environ.get("CPR_KEYS", "").split(",") if key),
            cpr_index_key=os.environ.get("CPR_INDEX_KEY", ""),
            working_date=_date_or_none(os.environ.get("WORKING_DATE")),
            queue_file=Path(os.environ.get("QUEUE_FILE", "queue.sqlite")),
            mail=_mail_server(),
            public_url=os.environ.get("PUBLIC_URL", "").rstrip("/"),
        )

    @classmethod
    def for_demo(cls, folder: Path) -> "Config":
        """Settings of the made-up municipality in `folder`; its keys are drawn once and kept beside the database."""
        folder.mkdir(parents=True, exist_ok=True)
        keys = _demo_keys(folder / "demo-keys.json")
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{(folder / 'demo.sqlite').resolve()}"
        return cls(
            database_url=normalised_url(url),
            secret_key=keys["secret_key"],
            cpr_keys=(keys["cpr_key"],),
            cpr_index_key=keys["cpr_index_key"],
            demo=True,
            secure_cookies=False,
            working_date=_date_or_none(os.environ.get("WORKING_DATE")) or DEMO_DAY,
            queue_file=folder / "queue.sqlite",
        )


def normalised_url(url: str) -> str:
    """Name the PostgreSQL driver where the address doesn't: `postgresql://` becomes `postgresql+psycopg://`."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    return url


def demo_folder() -> Path:
    """Return where the demo keeps its database: `instance/` under the folder the command is called in."""
    return Path(os.environ.get("DEMO_FOLDER", "instance"))


def has_demo(folder: Path) -> bool:
    """Tell whether the demo's own database lies in the folder."""
    return (folder / "demo.sqlite").exists()


def resource_dir(name: str) -> Path:
    """Find `rules`, `templates` or `imports`: inside the installed package, otherwise beside it in the checkout."""
    installed = PACKAGE / "data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def _mail_server() -> MailServer | None:
    """Read the mail server from SMTP_*; None without SMTP_HOST. Raises UnsafeSettings for a port that is no number."""
    host, port = os.environ.get("SMTP_HOST", ""), os.environ.get("SMTP_PORT", "587")
    if not host:
        return None
    if not port.isdecimal():
        raise UnsafeSettings(f"SMTP_PORT skal være et tal, ikke {port!r}.")
    return MailServer(
        host=host,
        port=int(port),
        sender=os.environ.get("SMTP_FROM", ""),
        user=os.environ.get("SMTP_USER", ""),
        password=os.environ.get("SMTP_PASSWORD", ""),
    )


def _date_or_none(text: str | None) -> date | None:
    """Read an ISO date. Raises UnsafeSettings where WORKING_DATE is not one."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnsafeSettings(f"WORKING_DATE skal være en dato som 2014-10-15, ikke {text!r}.") from error


def _demo_keys(path: Path) -> dict[str, str]:
    """Read or draw the demo's keys; the file is readable by its owner only."""
    if not path.exists():
        keys = {
            "secret_key": secrets.token_hex(32),
            "cpr_key": Fernet.generate_key().decode(),
            "cpr_index_key": secrets.token_hex(32),
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(keys), encoding="utf-8")
    loaded: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
