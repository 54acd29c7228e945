"""Mentoraftalen efter LAB § 31 c: the six items it must hold, and the period it may run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Items:
    """De seks punkter i LAB § 31 c, stk. 2; hours are minutes a week."""

    goal: str
    mentor_name: str
    mentor_contact: str
    tasks: tuple[str, ...]
    start: date | None
    last_day: date | None
    minutes_per_week: int | None
    complaint_guidance: str


def missing_items(items: Items) -> dict[str, str]:
    """Hvad mangler i aftalen? LAB § 31 c, stk. 2: the items missing, by field, each with its Danish name."""
    there = {
        "goal": (items.goal.strip(), "målet med støtten"),
        "mentor_contact": (
            items.mentor_name.strip() and items.mentor_contact.strip(), "mentors navn og kontaktoplysninger"
        ),
        "tasks": (items.tasks, "opgaverne"),
        "last_day": (items.start and items.last_day, "varigheden"),
        "minutes_per_week": ((items.minutes_per_week or 0) > 0, "timetallet"),
        "complaint_guidance": (items.complaint_guidance.strip(), "klagevejledningen"),
    }  # fmt: skip
    return {field: name for field, (value, name) in there.items() if not value}
