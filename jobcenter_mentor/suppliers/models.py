"""Tabeller: suppliers and their contracts with dated prices."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.db import Base, Ore, WithPublicId, now


class Supplier(Base, WithPublicId):
    """Leverandør: a private company or organisation that sells mentor hours."""

    __tablename__ = "supplier"
    scope: ClassVar[dict[str, str]] = {"register": "id", "supplier": "id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    cvr: Mapped[str] = mapped_column(String(8), default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    contracts: Mapped[list["Contract"]] = relationship(back_populates="supplier", order_by="Contract.valid_from")


class Contract(Base, WithPublicId):
    """Kontrakt: the price of one hour, in øre, in a period."""

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    hourly_price: Mapped[Ore]

    supplier: Mapped[Supplier] = relationship(back_populates="contracts")
