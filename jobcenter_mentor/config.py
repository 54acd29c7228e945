"""Read the settings of this installation (indstillinger) from the environment, here and nowhere else."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar

from cryptography.fernet import Fernet

from jobcenter_mentor import settings

PACKAGE = Path(__file__).parent
DEMO_DAY = date(2014, 10, 15)
DEMO_DAYS = {2014: DEMO_DAY, 2026: date(2026, 10, 15)}
"""The working day of the demo in each year it can be made for."""
DEMO_YEAR = "demo-year"
"""The file beside the demo's database that holds its year."""
OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""What the machine itself is called; the only hosts of the demo and the tests, unless more are named."""
UNIX = "unix"
"""The word in TRUSTED_PROXIES for whoever reaches the server over its Unix socket."""

Proxy = IPv4Network | IPv6Network | str


class UnsafeSettings(Exception):
    """The installation lacks settings or has some it must not have (usikker opsætning); the message names each."""


@dataclass(frozen=True)
class MailServer:
    """Where reminders are handed over, and whom they are from (postserver)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Tell whether it is on the same machine; only then may mail go to it unencrypted."""
        return self.host in {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Config:
    """One frozen set of settings (opsætning); `create_app` takes it, tests build their own.

    `cpr_keys` are Fernet keys, newest first; the older ones can still be read. `working_date` replaces today's
    date and is lawful in the demo and in tests only. `queue_file` holds the queue of background jobs; without it
    (in tests) a job runs at once. Without `mail` no reminders are sent. `public_url` is the address that users reach
    the system at: links, calendars and mails are made from it. `trusted_proxies` are those whose X-Forwarded-* is
    believed. `aa_as_ring` sorts Aa as Å in names. `shows_sql` writes each statement in the log, without its
    values. With `outward` the settings must also do for a server and its worker.
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
    trusted_hosts: tuple[str, ...] = OWN_HOSTS
    trusted_proxies: tuple[Proxy, ...] = ()
    unread: tuple[str, ...] = ()
    outward: bool = False
    aa_as_ring: bool = True
    shows_sql: bool = False

    def __post_init__(self) -> None:
        """Refuse all at once and by name what is missing, easily guessed or open to others."""
        problems = settings.missing(
            {
                "DATABASE_URL": self.database_url,
                "SECRET_KEY": self.secret_key,
                "CPR_KEYS": self.cpr_keys,
                "CPR_INDEX_KEY": self.cpr_index_key,
                **({"PUBLIC_URL": self.public_url} if self.outward else {}),
                **({"SMTP_FROM": self.mail.sender, "PUBLIC_URL": self.public_url} if self.mail else {}),
            }
        )
        problems += self.unread
        if not (self.demo or self.testing):
            problems += self._unsafe()
        if problems:
            raise UnsafeSettings("\n".join(problems))

    def _unsafe(self) -> list[str]:
        """Name what an installation in use must not have."""
        problems = [
            *settings.weak_secrets(self.secret_key, self.cpr_index_key, self.cpr_keys),
            *settings.unsafe_address(self.public_url),
            *settings.unreadable_database(self.database_url),
        ]
        if self.working_date is not None:
            problems.append("WORKING_DATE må kun bruges i demoen. Fjern den.")
        if not self.secure_cookies:
            problems.append("Cookies skal være sikre (Secure) uden for demoen.")
        if self.outward:
            problems += settings.open_files(self.database_url, self.queue_file)
        return problems

    @classmethod
    def from_environment(cls, *, outward: bool = False, port: int = 8000) -> "Config":
        """Read the settings of an installation in use, or of the demo where DEMO_FOLDER is set and DATABASE_URL isn't.

        Raises UnsafeSettings, naming each setting that is missing or unsafe.
        """
        if runs_demo():
            return cls.for_demo(demo_folder(), port=port)
        public_url = os.environ.get("PUBLIC_URL", "").rstrip("/")
        unread: list[str] = []
        proxies = _read(_trusted_proxies, unread) or ()
        mail, working_date = _read(_mail_server, unread), _read(_working_date, unread)
        return cls(
            database_url=normalised_url(os.environ.get("DATABASE_URL", "")),
            secret_key=os.environ.get("SECRET_KEY", ""),
            cpr_keys=tuple(_listed("CPR_KEYS")),
            cpr_index_key=os.environ.get("CPR_INDEX_KEY", ""),
            working_date=working_date,
            queue_file=Path(os.environ.get("QUEUE_FILE", "queue.sqlite")),
            mail=mail,
            public_url=public_url,
            trusted_hosts=tuple(_listed("TRUSTED_HOSTS")) or (settings.host_of(public_url),),
            trusted_proxies=proxies,
            unread=tuple(unread),
            aa_as_ring=os.environ.get("SORT_AA", "Å") != "AA",
            shows_sql=os.environ.get("SHOW_SQL") == "1",
            outward=outward,
        )

    @classmethod
    def for_demo(cls, folder: Path, *, port: int = 8000, database_url: str = "", year: int | None = None) -> "Config":
        """Settings of the made-up municipality in `folder`; its keys are made once and stored beside the database.

        Its day is that of the `year`, else of the year it was made for.
        """
        folder.mkdir(parents=True, exist_ok=True)
        keys = _demo_keys(folder / "demo-keys.json")
        return cls(
            database_url=normalised_url(database_url or f"sqlite:///{(folder / 'demo.sqlite').resolve()}"),
            secret_key=keys["secret_key"],
            cpr_keys=(keys["cpr_key"],),
            cpr_index_key=keys["cpr_index_key"],
            demo=True,
            secure_cookies=False,
            working_date=_working_date() or DEMO_DAYS[year or kept_year(folder)],
            queue_file=folder / "queue.sqlite",
            public_url=os.environ.get("PUBLIC_URL", "").rstrip("/") or f"http://127.0.0.1:{port}",
            trusted_hosts=(*OWN_HOSTS, *_listed("DEMO_HOSTS")),
            trusted_proxies=_trusted_proxies(),
            aa_as_ring=os.environ.get("SORT_AA", "Å") != "AA",
            shows_sql=os.environ.get("SHOW_SQL") == "1",
        )


def kept_year(folder: Path) -> int:
    """Return the year that the demo in the folder was made for; 2014 where none is said."""
    file = folder / DEMO_YEAR
    year = file.read_text(encoding="utf-8").strip() if file.exists() else ""
    return int(year) if year.isdecimal() and int(year) in DEMO_DAYS else DEMO_DAY.year


def keep_year(folder: Path, year: int) -> None:
    """Write which year the demo in the folder is made for, so that all commands work on its day."""
    (folder / DEMO_YEAR).write_text(f"{year}\n", encoding="utf-8")


Setting = TypeVar("Setting")


def _read(reader: Callable[[], Setting], unread: list[str]) -> Setting | None:
    """Read one setting; note what is wrong with it, so that all faults are shown together."""
    try:
        return reader()
    except UnsafeSettings as error:
        unread.append(str(error))
        return None


def _working_date() -> date | None:
    return _date_or_none(os.environ.get("WORKING_DATE"))


def normalised_url(url: str) -> str:
    """Name the PostgreSQL driver where the address doesn't, and the whole path of an SQLite file."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    file = settings.sqlite_file(url)
    return url if file is None else f"sqlite:///{file.resolve()}"


def demo_folder() -> Path:
    """Return where the demo keeps its database: `instance/` under the folder the command is called in."""
    return Path(os.environ.get("DEMO_FOLDER") or "instance")


def runs_demo() -> bool:
    """Tell whether the environment asks for the demo: DEMO_FOLDER is set and DATABASE_URL isn't."""
    return bool(os.environ.get("DEMO_FOLDER")) and not os.environ.get("DATABASE_URL")


def chosen_database() -> str:
    """Return the database that the environment names, as it is written there."""
    return os.environ.get("DATABASE_URL", "")


def resource_dir(name: str) -> Path:
    """Find `rules`, `templates` or `imports`: inside the installed package, otherwise beside it in the checkout."""
    installed = PACKAGE / "data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def _listed(name: str) -> list[str]:
    """Read a setting that holds several values with commas."""
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()]


def _trusted_proxies() -> tuple[Proxy, ...]:
    """Read TRUSTED_PROXIES. Raises UnsafeSettings for what is neither an address, a network nor `unix`."""
    proxies: list[Proxy] = []
    for text in _listed("TRUSTED_PROXIES"):
        try:
            proxies.append(UNIX if text == UNIX else ip_network(text, strict=False))
        except ValueError as error:
            how = f"Skriv adresser eller net med komma, fx 127.0.0.1,10.0.0.0/24, eller {UNIX}."
            raise UnsafeSettings(f"TRUSTED_PROXIES: {text!r} er ikke en IP-adresse eller et net. {how}") from error
    return tuple(proxies)


def _mail_server() -> MailServer | None:
    """Read the mail server from SMTP_*; None without SMTP_HOST. Raises UnsafeSettings for a port that is no number."""
    host, port = os.environ.get("SMTP_HOST", ""), os.environ.get("SMTP_PORT", "587")
    if not host:
        return None
    if not (port.isascii() and port.isdecimal() and len(port) <= 5):
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
    """Read or make the demo's keys; the file is readable by its owner only."""
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
