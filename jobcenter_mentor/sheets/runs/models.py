"""The tables of imported sheets (indlæsninger) and of the headings and values that were taught."""

import base64
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from jobcenter_mentor.platform.database.db import Base, Encrypted, WithPublicId, now


class ImportRun(Base, WithPublicId):
    """One file that was checked and then imported or left (indlæsning).

    `report` is the JSON of the contract (`import --json`), CPR numbers masked and without values of persons. What has
    such values is encrypted: `content`, the file itself in base64, waits here between preview and import; `preview`,
    the rows the page shows, and `trace`, what an undo must know, are JSON. `sheets` are the chosen ones.
    """

    __tablename__ = "import_run"
    scope: ClassVar[dict[str, str]] = {"owner": "by_id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[str | None] = deferred(mapped_column(Encrypted))
    preview: Mapped[str | None] = deferred(mapped_column(Encrypted))
    trace: Mapped[str | None] = deferred(mapped_column(Encrypted))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    sheets: Mapped[list[str]] = mapped_column(JSON, default=list)
    checked_on: Mapped[date]
    applied_on: Mapped[date | None]
    undone_on: Mapped[date | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def file(self) -> bytes | None:
        """Return the file (fil), None where it is deleted."""
        return None if self.content is None else base64.b64decode(self.content)

    @file.setter
    def file(self, content: bytes | None) -> None:
        """Store the file (fil), or delete it."""
        self.content = None if content is None else base64.b64encode(content).decode()


class ImportHeading(Base, WithPublicId):
    """A heading that the municipality uses (overskrift): in sheets of a kind it means the column of `field`.

    `folded` is the heading without regard to case, spaces and a final full stop; `heading` is how it was first seen.
    """

    __tablename__ = "import_heading"
    __table_args__ = (UniqueConstraint("kind", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    folded: Mapped[str] = mapped_column(String(100))
    heading: Mapped[str] = mapped_column(String(100))
    field: Mapped[str] = mapped_column(String(30))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class ImportValue(Base, WithPublicId):
    """A value that the municipality uses (værdi): in column `field` of a kind of sheet it means the choice `code`."""

    __tablename__ = "import_value"
    __table_args__ = (UniqueConstraint("kind", "field", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    field: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(100))
    code: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
