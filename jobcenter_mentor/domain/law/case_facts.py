"""Read and write the facts of a case as plain dicts, strictly; every wrong field is named with its path."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.kernel.money import round_half_away, to_decimal_string
from jobcenter_mentor.domain.kernel.target_groups import BENEFITS, GROUPS, MENTOR_TYPES, VISITATIONS, groups_on
from jobcenter_mentor.domain.law.facts import (
    ACTIONS,
    CAUSES,
    EDUCATION_KINDS,
    SITUATIONS,
    AgreementFacts,
    BudgetFacts,
    CaseFacts,
    CitizenFacts,
    DatedCost,
    PreviousAgreement,
    RequestFacts,
)

Reader = Callable[[Any], Any]
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS = range(1900, 2101)
MOST_KRONER = 10**11
MOST_HOURS = 100_000
MOST_DIGITS = 20
"""The digits before and after the decimal point that any number of a case may need."""


class _Wrong(Exception):
    """A value that cannot be read; the text says what to write instead."""


def facts_from_dict(given: Mapping[str, Any]) -> CaseFacts:
    """Return the facts of one case from the input of the contract: money in øre, hours in whole minutes a week.

    Raises ValidationFailed with every unknown key, wrong type and impossible period by path ("request.start").
    """
    errors: dict[str, list[str]] = {}
    if not isinstance(given, Mapping):
        raise ValidationFailed("Sagens oplysninger kan ikke læses.", errors={"sag": ["Skal være navne og værdier."]})
    read = _read(given, _CASE, "", errors)
    if not errors and read.get("date") is None:
        errors["date"] = ["Datoen for afgørelsen mangler. Skriv den som ÅÅÅÅ-MM-DD."]
    if not errors:
        errors.update(_impossible_periods(read))
        errors.update(_unknown_groups(read))
        errors.update(_hours_without_price(read))
    if errors:
        raise ValidationFailed("Sagens oplysninger kan ikke læses.", errors=errors)
    agreement, budget = read.get("agreement"), read.get("budget")
    return CaseFacts(
        date=read["date"],
        action=read.get("action") or "grant",
        citizen=CitizenFacts(**(read.get("citizen") or {})),
        request=_request(read.get("request") or {}),
        agreement=None if agreement is None else AgreementFacts(**agreement),
        budget=BudgetFacts(**(budget or {})),
        id=read.get("id"),
    )


def facts_to_dict(facts: CaseFacts) -> dict[str, object]:
    """Return one case as JSON values, the exact inverse of `facts_from_dict`; hours and amounts are decimal strings."""
    request = _fields(facts.request)
    del request["minutes_per_week"], request["direct_contact_minutes"]
    request["hours_per_week"] = _hours_text(facts.request.minutes_per_week)
    request["direct_contact_hours"] = _hours_text(facts.request.direct_contact_minutes)
    request["cost"] = _amount(facts.request.cost)
    request["hourly_rate"] = _amount(facts.request.hourly_rate)
    request["cost_excluded"] = _amount(facts.request.cost_excluded)
    costs, previous = facts.request.costs, facts.request.previous_agreement
    request["costs"] = None if costs is None else [_cost_to_dict(cost) for cost in costs]
    request["previous_agreement"] = None if previous is None else _plain(_fields(previous))
    contacts = facts.request.contacts
    request["contacts"] = None if contacts is None else [day.isoformat() for day in contacts]
    return {
        "id": facts.id,
        "date": facts.date.isoformat(),
        "action": facts.action,
        "citizen": _plain(_fields(facts.citizen)),
        "request": _plain(request),
        "agreement": None if facts.agreement is None else _plain(_fields(facts.agreement)),
        "budget": {"frame_remaining": _amount(facts.budget.frame_remaining)},
    }


def _amount(ore: int | None) -> str | None:
    return None if ore is None else to_decimal_string(ore)


def _hours_text(minutes: int | None) -> str | None:
    return None if minutes is None else str(round(Decimal(minutes) / 60, 4))


def _fields(part: Any) -> dict[str, object]:
    """Return the fields of a part, without its cached values."""
    return {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}


def _plain(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}


def _cost_to_dict(cost: DatedCost) -> dict[str, object]:
    return {"from": cost.first.isoformat(), "to": cost.last.isoformat(), "amount": to_decimal_string(cost.amount)}


def _request(read: Mapping[str, Any]) -> RequestFacts:
    fields = {name: value for name, value in read.items() if value is not None}
    if "direct_contact_hours" in fields:
        fields["direct_contact_minutes"] = fields.pop("direct_contact_hours")
    if "hours_per_week" in fields:
        fields["minutes_per_week"] = fields.pop("hours_per_week")
    if "costs" in fields:
        fields["costs"] = tuple(DatedCost(cost["from"], cost["to"], cost["amount"]) for cost in fields["costs"])
    if "previous_agreement" in fields:
        fields["previous_agreement"] = PreviousAgreement(**fields["previous_agreement"])
    return RequestFacts(**fields)


def _impossible_periods(read: Mapping[str, Any]) -> dict[str, list[str]]:
    request = read.get("request") or {}
    periods = {"request.end": (request.get("start"), request.get("end"))}
    previous = request.get("previous_agreement")
    if previous:
        periods["request.previous_agreement.end"] = (previous["start"], previous["end"])
    for number, cost in enumerate(request.get("costs") or ()):
        periods[f"request.costs[{number}].to"] = (cost["from"], cost["to"])
    return {
        path: ["Slutdatoen ligger før startdatoen. Ret en af dem."]
        for path, (first, last) in periods.items()
        if first is not None and last is not None and last < first
    }


def _unknown_groups(read: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return errors of groups that don't exist: the citizen's on the case's day, an agreement's on its own date."""
    citizen, agreement = read.get("citizen") or {}, read.get("agreement") or {}
    given = {
        "citizen.group": (citizen.get("group"), read["date"]),
        "agreement.group": (agreement.get("group"), agreement.get("date") or read["date"]),
    }
    errors = {}
    for path, (group, day) in given.items():
        known = groups_on(day)
        if group is not None and group not in known:
            choice = f"{min(known)} til {max(known)}"
            errors[path] = [f"Målgruppe {group} findes ikke den {day:%d.%m.%Y}. Vælg en af {choice}."]
    return errors


def _hours_without_price(read: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return errors of new support with hours but no cost; a free mentor has the cost 0."""
    request = read.get("request") or {}
    priced = any(request.get(name) is not None for name in ("cost", "hourly_rate", "costs"))
    if (read.get("action") or "grant") not in ("grant", "extend") or not request.get("hours_per_week") or priced:
        return {}
    return {
        "request.hourly_rate": [
            "Der er timer, men ingen pris. Skriv timepris eller udgift; 0, hvis mentoren er gratis."
        ]
    }


def _read(
    given: Mapping[str, Any], readers: Mapping[str, Reader], path: str, errors: dict[str, list[str]]
) -> Mapping[str, Any]:
    for key in given:
        if key not in readers:
            errors.setdefault(f"{path}{key}", []).append(f"Feltet »{key}« kendes ikke. Fjern det eller ret navnet.")
    read = {}
    for key, reader in readers.items():
        if given.get(key) is not None:
            read[key] = _read_field(given[key], reader, f"{path}{key}", errors)
    return read


def _read_field(value: Any, reader: Reader, path: str, errors: dict[str, list[str]]) -> Any:
    try:
        return reader(value)
    except _Wrong as wrong:
        errors.setdefault(path, []).append(str(wrong))
    except ValidationFailed as nested:
        for inner, texts in nested.errors.items():
            errors.setdefault(f"{path}{inner}", []).extend(texts)
    return None


def _section(readers: Mapping[str, Reader], required: tuple[str, ...] = ()) -> Reader:
    def read(value: Any) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise _Wrong("Skal være navne og værdier.")
        errors: dict[str, list[str]] = {}
        fields = _read(value, readers, ".", errors)
        for name in required:
            if name not in fields:
                errors.setdefault(f".{name}", []).append("Feltet mangler.")
        if errors:
            raise ValidationFailed("Ugyldig del af sagen.", errors=errors)
        return fields

    return read


def _list_of(reader: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise _Wrong("Skal være en liste.")
        errors: dict[str, list[str]] = {}
        items = tuple(_read_field(item, reader, f"[{number}]", errors) for number, item in enumerate(value))
        if errors:
            raise ValidationFailed("Ugyldig liste.", errors=errors)
        return items

    return read


def _day(value: Any) -> date:
    day = value if isinstance(value, date) and not isinstance(value, datetime) else None
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        with suppress(ValueError):
            day = date.fromisoformat(value)
    if day is None or day.year not in _YEARS:
        raise _Wrong(f"Skal være en dato, der findes, fra {_YEARS[0]} til {_YEARS[-1]}, skrevet som ÅÅÅÅ-MM-DD.")
    return day


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _Wrong("Skal være true eller false.")


def _text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _Wrong("Skal være tekst.")


def _one_of(choices: tuple[str, ...]) -> Reader:
    def read(value: Any) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise _Wrong(f"Ukendt værdi. Vælg en af: {', '.join(choices)}.")

    return read


def _whole(least: int, most: int) -> Reader:
    def read(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise _Wrong(f"Skal være et helt tal fra {least} til {most}.")

    return read


def _decimal(value: Any) -> Decimal:
    if isinstance(value, (int, float, str, Decimal)) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS:
            return number
    raise _Wrong("Skal være et tal med punktum som decimaltegn.")


def _money(value: Any) -> int:
    amount = _decimal(value)
    if 0 <= amount <= MOST_KRONER and (amount * 100) % 1 == 0:
        return int(amount * 100)
    raise _Wrong("Skal være et beløb i kroner på mindst 0 med højst to decimaler.")


def _minutes(value: Any) -> int:
    hours = _decimal(value)
    if not 0 <= hours <= 168:
        raise _Wrong("Timer pr. uge skal ligge fra 0 til 168.")
    return round_half_away(Fraction(hours) * 60)


def _hours_in_all(value: Any) -> int:
    hours = _decimal(value)
    if not 0 <= hours <= MOST_HOURS:
        raise _Wrong(f"Timer i alt skal ligge fra 0 til {MOST_HOURS}.")
    return round_half_away(Fraction(hours) * 60)


_CITIZEN: dict[str, Reader] = {
    "group": _whole(0, max(GROUPS)),
    "benefit": _one_of(tuple(BENEFITS)),
    "visitation": _one_of(tuple(VISITATIONS)),
    "has_education": _yes_no,
    "can_take_other_offers": _yes_no,
    "cannot_because": _one_of(CAUSES),
    "first_offer": _yes_no,
    "age": _whole(0, 125),
    "situation": _one_of(tuple(SITUATIONS)),
    "integration_programme": _yes_no,
    "psychiatric_inpatient": _yes_no,
    "discharge_date": _day,
    "education_admission_date": _day,
    "education_kind": _one_of(EDUCATION_KINDS),
    "single_parent": _yes_no,
    "refugee_full_refund": _yes_no,
}
_REQUEST: dict[str, Reader] = {
    "start": _day,
    "weeks": _whole(1, 520),
    "end": _day,
    "hours_per_week": _minutes,
    "mentor_type": _one_of(tuple(MENTOR_TYPES)),
    "beyond_normal": _yes_no,
    "decisive": _yes_no,
    "direct_contact_hours": _hours_in_all,
    "cost": _money,
    "hourly_rate": _money,
    "cost_excluded": _money,
    "costs": _list_of(_section({"from": _day, "to": _day, "amount": _money}, ("from", "to", "amount"))),
    "place_share": _whole(1, 1000),
    "other_offer_start": _day,
    "contacts": _list_of(_day),
    "previous_agreement": _section({"start": _day, "end": _day}, ("start", "end")),
}
_CASE: dict[str, Reader] = {
    "id": _text,
    "date": _day,
    "action": _one_of(ACTIONS),
    "citizen": _section(_CITIZEN),
    "request": _section(_REQUEST),
    "agreement": _section({"date": _day, "group": _whole(0, max(GROUPS))}),
    "budget": _section({"frame_remaining": _money}),
}
