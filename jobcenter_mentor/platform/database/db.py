"""Give the session, the one helper that commits, the table base and the column types (databasen).

SQLite runs with WAL, synchronous FULL and foreign keys on; a writing transaction begins IMMEDIATE, so two writers
queue instead of failing half-way. PostgreSQL needs nothing but its address.
"""

import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Generic, Protocol, TypeVar
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Index, MetaData, String, Table, event, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm import Session as Session
from sqlalchemy.types import LargeBinary, TypeDecorator

from jobcenter_mentor.domain.kernel.alphabet import sort_key
from jobcenter_mentor.platform.database import sqlite

ROWS_PER_PAGE = 50
CONNECT_SECONDS = 5
WRITING: dict[str, Any] = {"writing": True}
READING: dict[str, dict[str, Any]] = {
    "sqlite": {"reading": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
"""How a transaction is begun that writes, and by database one that reads."""
BEGUN = "begun"
"""Marks a session that is inside one of the two."""
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A point in time (tidsstempel), stored and returned as UTC; a time without zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any zoned time into UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("A time without zone can't be stored.")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive times their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Encrypted(TypeDecorator[str]):
    """An encrypted text (krypteret tekst), stored under the newest Fernet key and read under any of them."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else _box().encrypt(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else _box().decrypt(value).decode()


class EncryptedBytes(TypeDecorator[bytes]):
    """Encrypted bytes (krypteret fil), as `Encrypted`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else _box().encrypt(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Decrypt on the way out."""
        return None if value is None else _box().decrypt(value)


class Base(DeclarativeBase):
    """The base of all tables (tabel). Business dates are `date`; `datetime` columns are UTC stamps."""

    __table__: ClassVar[Table]
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012 - SQLAlchemy reads it from the class


Ore = Annotated[int, mapped_column(BigInteger)]
"""An amount (beløb) in whole øre."""


class LogRow:
    """Line of a log (registreret opslag): the one kind of row that a page which only reads may add."""


def unique_where(name: str, *columns: str, where: str) -> Index:
    """Return an index that lets the rows that fulfil a condition be unique in the columns, on both databases."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


class WithPublicId:
    """A row with a random public id (offentligt id) for addresses, so that row numbers never show.

    It also tells new rows apart, so that SQLite inserts many of them in one statement.
    """

    public_id: Mapped[str] = mapped_column(String(36), unique=True, insert_sentinel=True, default=lambda: str(uuid4()))


def _place_of_new(context: Any) -> bytes:
    """Work out the place of a row that is written as columns, without its class."""
    row = context.get_current_parameters()
    names = [row[name] for name in ("first_name", "last_name") if name in row]
    whole = next((row[name] for name in ("full_name", "company", "name") if name in row), " ".join(names))
    return place_of(whole)


class Sorted:
    """A row that stands in lists by its name; its place in them is worked out whenever the row is written."""

    sort_key: Mapped[bytes] = mapped_column(LargeBinary(1000), default=_place_of_new)

    @property
    def sort_name(self) -> str:
        """Return the name that it is sorted by."""
        raise NotImplementedError


@event.listens_for(Sorted, "before_insert", propagate=True)
@event.listens_for(Sorted, "before_update", propagate=True)
def _place(_mapper: Any, _connection: Any, row: Sorted) -> None:
    """Give a row its place in the lists."""
    row.sort_key = place_of(row.sort_name)


def place_of(name: str) -> bytes:
    """Return the place of a name in a list, as this municipality orders them: the one key of every list of names."""
    return sort_key(name, aa_as_ring=current_app.config["AA_AS_RING"])


class Versioned:
    """A row that counts its changes (version), so that a stale form gives a conflict and not a lost update."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy compare the version at each update."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Page(Generic[Shown]):
    """A page of a list: at most `ROWS_PER_PAGE` rows, the count of all, and which page it is, from 1."""

    rows: list[Shown]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return pages_of(self.count)

    @classmethod
    def of(cls, rows: Sequence[Shown], asked: int) -> "Page[Shown]":
        """Return a page of a list that is at hand; the last one where there is none of that number."""
        page = asked_page(asked, len(rows))
        return cls(list(rows[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]), len(rows), page)


def pages_of(count: int, each: int = ROWS_PER_PAGE) -> int:
    """Return the number of pages for so many rows, at least one."""
    return max(1, -(-count // each))


def asked_page(asked: int, count: int, each: int = ROWS_PER_PAGE) -> int:
    """Return the number of a page there is, of so many rows: from 1 to the last."""
    return min(max(asked, 1), pages_of(count, each))


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def engine_options(url: str) -> dict[str, Any]:
    """Return the engine's options: no values in errors, and a connection that died while it waited is made again.

    A database server that doesn't answer at all is given up after a few seconds, so that pages can say so.
    """
    options: dict[str, Any] = {"hide_parameters": True, "pool_pre_ping": True}
    if url.startswith("postgresql") and "connect_timeout" not in url:
        options["connect_args"] = {"connect_timeout": CONNECT_SECONDS}
    return options


def now() -> datetime:
    """Return the real time in UTC, for `recorded_at`, audit and log-in; never for business dates."""
    return datetime.now(UTC)


class Act(Protocol):
    """What a request sends only once (formular): it writes itself first in the transaction that carries it out."""

    def begin(self, session: Session) -> None:
        """Spend the form's token; called first in each writing transaction of the request."""

    def committed(self) -> None:
        """Hear that the transaction is kept."""


@contextmanager
def transaction() -> Iterator[Session]:
    """Begin a writing transaction, commit at the end or roll everything back. Not to be nested.

    What the request has read before is read again: it may have changed meanwhile.
    """
    act: Act | None = g.get("act")
    with _begun(WRITING) as session:
        session.expire_all()
        if act is not None:
            act.begin(session)
        yield session
        session.commit()
    if act is not None:
        act.committed()


@contextmanager
def read_transaction() -> Iterator[Session]:
    """Read what a page shows as it stood at one moment, then keep the audit rows of the looks. Not to be nested.

    The database refuses every write while it reads. The audit rows that were added meanwhile are committed at the end
    by a short transaction of their own, before the page can be sent; where they can't be kept, the page fails.
    """
    with _begun(READING[db.engine.dialect.name]) as session:
        with session.no_autoflush:
            yield session
        looks = _looks(session)
        session.commit()
        if looks:
            session.connection(execution_options=WRITING)
            session.add_all(looks)
            session.commit()


@contextmanager
def _begun(options: dict[str, Any]) -> Iterator[Session]:
    """Begin the request's transaction in the way asked for; roll it back where it fails.

    A row that was looked at after an earlier transaction has been loaded anew in one of its own, which ends here. Rows
    changed outside any transaction would be kept by nobody's decision: RuntimeError names them.
    """
    session = db.session()
    if session.info.get(BEGUN):
        raise RuntimeError("A transaction was begun inside another one")
    _refuse_unsaved(session)
    if session.in_transaction():
        session.commit()
    session.info[BEGUN] = True
    try:
        session.connection(execution_options=options)
        yield session
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(BEGUN, None)


def _refuse_unsaved(session: Session) -> None:
    unsaved = [*session.new, *_changed(session)]
    if unsaved:
        session.rollback()
        names = sorted({type(row).__name__ for row in unsaved})
        raise RuntimeError(f"Changed before the transaction was begun: {', '.join(names)}")


def _changed(session: Session) -> list[Any]:
    """Return the kept rows that wait to be changed or deleted."""
    return [*(row for row in session.dirty if session.is_modified(row)), *session.deleted]


def _looks(session: Session) -> list[Any]:
    """Take the audit rows that wait out of the session. Raises RuntimeError where anything else was changed."""
    looks, changed = list(session.new), _changed(session)
    if changed or not all(isinstance(row, LogRow) for row in looks):
        raise RuntimeError(f"A page that reads changed {sorted({type(row).__name__ for row in [*changed, *looks]})}")
    for row in looks:
        session.expunge(row)
    return looks


@contextmanager
def reading() -> Iterator[Session]:
    """Read in a short session of its own, beside the request's transaction; what was read stays usable, detached."""
    with Session(db.engine, expire_on_commit=False) as session:
        yield session


def sealed(text: str) -> bytes:
    """Return a text as a column of type `Encrypted` holds it."""
    return _box().encrypt(text.encode())


def blind_index(cpr: str) -> bytes:
    """Return a keyed digest of ten digits (blindt indeks), for look-up and uniqueness without showing the number."""
    key: str = current_app.config["CPR_INDEX_KEY"]
    return hmac.digest(key.encode(), cpr.encode(), "sha256")


def can_decrypt(value: bytes) -> bool:
    """Tell whether any of the installation's keys fits what was encrypted."""
    try:
        _box().decrypt(value)
    except InvalidToken:
        return False
    return True


def _box() -> MultiFernet:
    """Return the installation's box; built once for the app, in its `extensions`."""
    extensions = current_app.extensions
    if "cpr_box" not in extensions:
        extensions["cpr_box"] = MultiFernet([Fernet(key) for key in current_app.config["CPR_KEYS"]])
    box: MultiFernet = extensions["cpr_box"]
    return box


sqlite.listen()
