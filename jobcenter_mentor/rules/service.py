"""Loven med kommunens egne tal: approved local figures laid over the national law, and the municipality's own name."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.law import Law, Source
from jobcenter_mentor.domain.law import LocalFigure as ApprovedFigure
from jobcenter_mentor.rules import loader
from jobcenter_mentor.rules.models import LocalFigure, Municipality


def law(session: Session) -> Law:
    """Return the law with the figures that two persons of the municipality have put in force."""
    national = loader.law()
    approved = session.scalars(select(LocalFigure).where(LocalFigure.approved_on.is_not(None)).order_by(LocalFigure.id))
    return national.with_figures(_as_figure(national, row) for row in approved)


def get_municipality(session: Session) -> Municipality:
    """Return the municipality of this installation; a nameless one before it is set up."""
    found = session.scalar(select(Municipality))
    return found or Municipality(name="Kommunen", jobcentre="Jobcentret", address="", phone="", email="")


def _as_figure(national: Law, row: LocalFigure) -> ApprovedFigure:
    """Read the row's text as the kind of value its parameter has."""
    unit = national.parameter(row.name).unit
    read = row.value == "ja" if unit == "boolean" else Decimal(row.value)
    value = int(read) if isinstance(read, Decimal) and read == int(read) else read
    return ApprovedFigure(row.name, row.valid_from, value, Source("Kommunens egen beslutning", "", ""))
