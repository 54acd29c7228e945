"""Tables of suppliers with frame contracts and dated prices, and agreements with companies."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobcenter_mentor.platform.access import service as access
from jobcenter_mentor.platform.database.db import Base, Ore, Sorted, WithPublicId, now


class Supplier(Base, WithPublicId, Sorted):
    """A supplier (leverandør): a private company or organisation that sells mentor hours."""

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
    frames: Mapped[list["FrameContract"]] = relationship(order_by="FrameContract.valid_from")

    @property
    def sort_name(self) -> str:
        """The name that the supplier stands by in lists."""
        return self.name


class FrameContract(Base, WithPublicId):
    """A frame contract (rammekontrakt): the minutes and øre that may be bought of a supplier in a period.

    None is no limit.

    A report is due for each course every `report_weeks` weeks, `report_days` days after at the latest; None is none.
    """

    __tablename__ = "frame_contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    minutes: Mapped[int | None]
    amount: Mapped[Ore | None]
    report_weeks: Mapped[int | None]
    report_days: Mapped[int] = mapped_column(default=7)
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    prices: Mapped[list["Contract"]] = relationship(order_by="Contract.valid_from")


class Contract(Base, WithPublicId):
    """The price of one hour (kontraktpris), in øre, in a period; within a frame contract where there is one."""

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    hourly_price: Mapped[Ore]
    frame_contract_id: Mapped[int | None] = mapped_column(ForeignKey("frame_contract.id"), index=True)

    supplier: Mapped[Supplier] = relationship(back_populates="contracts")


class CompanyAgreement(Base, WithPublicId, Sorted):
    """A company that lends the jobcentre a mentor in hours it is paid for (virksomhedsaftale om frikøb).

    `released_minutes` are those a week for all its mentors together, `places` the citizens it takes at once.
    """

    __tablename__ = "company_agreement"
    __table_args__ = (
        CheckConstraint("released_minutes > 0", name="minutes_positive"),
        CheckConstraint("places > 0", name="places_positive"),
    )
    scope: ClassVar[dict[str, str]] = {"register": "id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    company: Mapped[str] = mapped_column(String(120))
    cvr: Mapped[str] = mapped_column(String(8), default="")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    partnership: Mapped[bool] = mapped_column(default=False)
    released_minutes: Mapped[int]
    places: Mapped[int] = mapped_column(default=1)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def sort_name(self) -> str:
        """The name that the company stands by in lists."""
        return self.company


access.SUPPLIERS.fill(Supplier.__table__)
