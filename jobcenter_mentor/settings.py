"""What makes a setting missing or unsafe, each in one Danish line that names it and says how to mend it."""

import base64
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_SECRET = 32
FEWEST_SIGNS = 10
"""Different signs in a secret; 32 random ones have more, "changemechangeme…" has fewer."""
KEYS_COMMAND = "`jobcenter-mentor keys new` laver den"
HOW = {
    "DATABASE_URL": "Skriv fx sqlite:////srv/mentor/mentor.sqlite eller postgresql://bruger:kode@vært/database",
    "SECRET_KEY": KEYS_COMMAND,
    "CPR_KEYS": KEYS_COMMAND,
    "CPR_INDEX_KEY": KEYS_COMMAND,
    "PUBLIC_URL": "Skriv den adresse, brugerne åbner, fx https://mentor.kommune.dk",
    "SMTP_FROM": "Skriv afsenderens mailadresse, eller fjern SMTP_HOST",
}
DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}


def new_keys() -> dict[str, str]:
    """Return a fresh random value for each setting that is a secret."""
    hexed = ("SECRET_KEY", "CPR_INDEX_KEY", "LINK_KEY", "AUDIT_KEY")
    boxes = ("CPR_KEYS", "TEXT_KEYS", "BACKUP_KEY")
    order = ("SECRET_KEY", "CPR_KEYS", "CPR_INDEX_KEY", "TEXT_KEYS", "LINK_KEY", "BACKUP_KEY", "AUDIT_KEY")
    drawn = {name: secrets.token_hex(32) for name in hexed} | {name: Fernet.generate_key().decode() for name in boxes}
    return {name: drawn[name] for name in order}


def missing(given: Mapping[str, object]) -> list[str]:
    """Name each setting without a value, and how to make one."""
    return [f"{name} mangler. {HOW[name]}." for name, value in given.items() if not value]


def weak_secrets(secret_key: str, cpr_index_key: str, cpr_keys: Iterable[str]) -> list[str]:
    """Name secrets that are short, monotonous or used twice, and keys that can't encrypt."""
    problems = []
    for name, secret in (("SECRET_KEY", secret_key), ("CPR_INDEX_KEY", cpr_index_key)):
        if secret and len(secret) < SHORTEST_SECRET:
            problems.append(f"{name} er for kort: mindst {SHORTEST_SECRET} tilfældige tegn. {HOW[name]}.")
        elif secret and len(set(secret)) < FEWEST_SIGNS:
            problems.append(f"{name} er let at gætte: for få forskellige tegn. {HOW[name]}.")
    if secret_key and secret_key == cpr_index_key:
        problems.append("SECRET_KEY og CPR_INDEX_KEY skal være forskellige.")
    if {secret_key, cpr_index_key} & set(cpr_keys) - {""}:
        problems.append("CPR_KEYS må ikke bruges som SECRET_KEY eller CPR_INDEX_KEY. Lav en nøgle til hver.")
    if not all(map(_is_good_key, cpr_keys)):
        problems.append(f"CPR_KEYS har en nøgle, der ikke er en tilfældig Fernet-nøgle. {HOW['CPR_KEYS']}.")
    return problems


def unsafe_address(public_url: str) -> list[str]:
    """Name a PUBLIC_URL that isn't https, or is more than scheme and host."""
    if not public_url:
        return []
    try:
        parts = urlsplit(public_url)
        named = bool(parts.hostname) and not (parts.username or parts.password) and (parts.port or 443) > 0
    except ValueError:
        return [f"PUBLIC_URL kan ikke læses. {HOW['PUBLIC_URL']}."]
    if parts.scheme != "https":
        return [f"PUBLIC_URL skal begynde med https://. {HOW['PUBLIC_URL']}."]
    if not named or parts.path or parts.query or parts.fragment:
        return [f"PUBLIC_URL skal være en adresse uden sti, bruger og spørgsmålstegn. {HOW['PUBLIC_URL']}."]
    return []


def host_of(public_url: str) -> str:
    """Return the host of an address, an IPv6 one in its brackets; empty where there is none."""
    try:
        name = urlsplit(public_url).hostname or ""
    except ValueError:
        return ""
    return f"[{name}]" if ":" in name else name


def unreadable_database(url: str) -> list[str]:
    """Name a DATABASE_URL that is no address of a database we run on; its password is never repeated."""
    if not url:
        return []
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return [f"DATABASE_URL kan ikke læses som en adresse. {HOW['DATABASE_URL']}."]
    if parts.drivername not in DRIVERS:
        return [f"DATABASE_URL nævner {parts.drivername}; kun sqlite og postgresql kan bruges. {HOW['DATABASE_URL']}."]
    if parts.get_backend_name() == "sqlite":
        return _wrong_file(parts.database or "")
    return [] if parts.database else [f"DATABASE_URL nævner ingen database. {HOW['DATABASE_URL']}."]


def open_files(database_url: str, queue_file: Path | None) -> list[str]:
    """Name a database file that others can read or write, and a queue that can't be written."""
    problems = []
    files = {"DATABASE_URL": sqlite_file(database_url), "QUEUE_FILE": queue_file}
    for name, file in files.items():
        for path in (Path(f"{file}{ending}") for ending in ("", "-wal", "-shm")) if file else ():
            if path.exists() and path.stat().st_mode & stat.S_IRWXO and not path.is_dir():
                problems.append(f"{name}: andre brugere kan læse eller ændre {path}. Kør: chmod 600 {path}")
    if queue_file is not None and not _can_write(queue_file):
        problems.append(
            f"QUEUE_FILE: køen kan ikke skrives i {queue_file.resolve()}. Vælg en fil i en mappe, serveren må skrive i."
        )
    return problems


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite address; None for any other and for one in memory."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return None
    is_file = parts.get_backend_name() == "sqlite" and parts.database not in {None, "", ":memory:"}
    return Path(parts.database or "") if is_file else None


def make_private(url: str) -> None:
    """Make an SQLite file that isn't there yet, for its owner only; the files beside it take its rights."""
    file = sqlite_file(url)
    if file is not None:
        make_own_file(file)


def make_own_file(path: Path) -> None:
    """Make a file that isn't there yet, for its owner only."""
    if not path.exists():
        path.touch(mode=0o600)


def _wrong_file(name: str) -> list[str]:
    """Name an SQLite file that can't be opened, or a database that is gone with the process."""
    path = Path(name)
    if name in {"", ":memory:"}:
        return [f"DATABASE_URL nævner ingen fil, så alt ville gå tabt ved genstart. {HOW['DATABASE_URL']}."]
    if path.is_dir():
        return [f"DATABASE_URL nævner mappen {path}, ikke en fil. {HOW['DATABASE_URL']}."]
    if not path.parent.is_dir():
        return [f"DATABASE_URL: mappen {path.parent} findes ikke. Opret den, eller ret adressen."]
    return []


def _can_write(path: Path) -> bool:
    """Tell whether a file can be written, or made where it isn't."""
    if path.exists():
        return path.is_file() and os.access(path, os.W_OK)
    return path.parent.is_dir() and os.access(path.parent, os.W_OK)


def _is_good_key(key: str) -> bool:
    """Tell whether a key is a Fernet key with bytes that can have been drawn."""
    try:
        Fernet(key)
    except ValueError:
        return False
    return len(set(base64.urlsafe_b64decode(key))) >= FEWEST_SIGNS
