"""Find the frame and the rate of a group's cost on a day (refusionens vej), and make the finding about it.

LAB chapter 23 before 2014, § 121 a in 2014-2015, §§ 118 and 118 a in 2016-2018, the end of refunds in 2019-2022.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jobcenter_mentor.domain.kernel.change_days import ORDER_OF_2022, REFUND_ENDED, REFUND_ITEMS_UNREAD, SECTION_6_FROM
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.kernel.frame_kinds import (
    FRAME_NAMES,
    MENTOR_FRAME,
    NO_FRAME,
    NO_REIMBURSEMENT,
    OTHER_GROUPS,
    UNEMPLOYMENT,
)
from jobcenter_mentor.domain.kernel.target_groups import groups_on, number_on
from jobcenter_mentor.domain.law.assessment import Finding
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.catalogue import TURNED
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2013, LAW_2014, LAW_2016, LAW_2020, finding

JOBAFKLARING = 14
"""Its number in LAB § 2."""
NO_RATE = Decimal("0.00")
WHOLE_RATE = 10_000

_FIGURES = {
    NO_REIMBURSEMENT: "reimbursement.groups_without",
    MENTOR_FRAME: "reimbursement.groups_in_mentor_frame",
    UNEMPLOYMENT: "reimbursement.groups_in_unemployment_frame",
    OTHER_GROUPS: "reimbursement.groups_in_other_frame",
    NO_FRAME: "reimbursement.groups_outside_frame",
}
_ACCOUNTS = {frame: f"reimbursement.account.{frame}" for frame in _FIGURES}
_RULES = {
    (LAW_2014, MENTOR_FRAME): "lab2014.s121a.groups",
    (LAW_2014, NO_FRAME): "lab2014.ressource.refund",
    (LAW_2014, NO_REIMBURSEMENT): "lab2014.s121a.none",
    (LAW_2016, UNEMPLOYMENT): "lab2016.s118.5",
    (LAW_2016, OTHER_GROUPS): "lab2016.s118a.2",
    (LAW_2016, NO_FRAME): "lab2016.ressource",
    (LAW_2016, NO_REIMBURSEMENT): "lab2016.none",
    (LAW_2020, NO_REIMBURSEMENT): "lab2020.refund.none",
}


@dataclass(slots=True)
class Way:
    """A way of reimbursement (refusionsvej): frame, statutory rate and the rule behind them; None means not known.

    `rule` is printed in the claims that are sent; the finding asks the same question so that "ja" means refunded.
    """

    frame: str | None
    rate: Decimal | None
    rule: str
    ten_thousandths: int = field(init=False)
    """The rate as a whole number; 0 where it is not known."""

    is_framed: bool = field(init=False)
    """Whether the cost counts in a frame with an amount."""

    def __post_init__(self) -> None:
        self.is_framed = self.frame in FRAME_NAMES
        self.ten_thousandths = int((self.rate or 0) * WHOLE_RATE)


@dataclass(slots=True)
class AgreedGroup:
    """The group of the agreement (målgruppen ved aftalen): its number, its day, and what changes its refund.

    `discharge_right` tells whether the right at discharge was used, `refugee` whether the state pays all (§ 202).
    """

    number: int
    given_on: date
    discharge_right: bool
    refugee: bool = False


WHOLE = Decimal("1.00")
NOT_KNOWN = Way(None, None, "")
NOTHING = Way(NO_REIMBURSEMENT, NO_RATE, "")


def way_on(agreed: AgreedGroup | None, law: LawOfDay) -> Way:
    """Return the way of a day for the group fixed by the agreement; not known where no law is entered.

    Raises NotInForce, naming the group where it doesn't exist that day, and the figure where its lists omit it.
    """
    key: object = None
    if agreed is not None:
        key = (agreed.number, agreed.given_on >= SECTION_6_FROM, agreed.discharge_right, agreed.refugee)
    cached = law.stated.get(key)
    if not isinstance(cached, Way):
        cached = law.stated[key] = _way_on(agreed, law)
    return cached


def _way_on(agreed: AgreedGroup | None, law: LawOfDay) -> Way:
    if law.found_code is None:
        return NOT_KNOWN
    if law.code == LAW_2013:
        return before_2014(agreed, law)
    if agreed is None:
        return NOT_KNOWN
    group = number_on(agreed.number, agreed.given_on, law.day)
    if group is None:
        return without_counterpart(law)
    if agreed.refugee and group in _refugee_groups(law):
        return Way(NO_FRAME, WHOLE, "lab2020.s202")
    if agreed.discharge_right:
        way = at_discharge(group, law)
        if way is not None:
            return way
    return of_group(group, law)


def before_2014(agreed: AgreedGroup | None, law: LawOfDay) -> Way:
    """LAB chapter 23: half of the cost without a frame; not known for a group that the text of the day doesn't name.

    Support was not given by group, so it may be unregistered; it isn't needed where all groups have the same way.
    """
    if agreed is not None and agreed.refugee and agreed.number in _refugee_groups(law):
        return Way(NO_FRAME, WHOLE, "lab2013.s124")
    rate, named = law.decimal("reimbursement.rate"), law.members(_FIGURES[NO_FRAME])
    if agreed is None:
        every = all(number in named for number in range(1, 11))
        return Way(NO_FRAME, rate, "lab2013.refund") if every else Way(None, None, "lab2013.refund")
    if agreed.number in law.members(_FIGURES[NO_REIMBURSEMENT]):
        return Way(NO_REIMBURSEMENT, NO_RATE, "lab2013.refund.none")
    if agreed.number not in named:
        return Way(None, None, "lab2013.refund")
    return Way(NO_FRAME, rate, "lab2013.refund")


def _refugee_groups(law: LawOfDay) -> tuple[int | str, ...]:
    """LAB § 202 (§ 124 before 2014): the groups whose whole cost the state pays for some refugees; none in 2014-19."""
    named = law.find("reimbursement.refugee_groups")
    return named if isinstance(named, tuple) else ()


def without_counterpart(law: LawOfDay) -> Way:
    """LAB chapters 32-33: a number of § 2 without one in § 6 gets nothing from 2020; the other way is not known."""
    return Way(NO_REIMBURSEMENT, NO_RATE, "lab2020.refund.none") if law.code == LAW_2020 else NOT_KNOWN


def at_discharge(group: int, law: LawOfDay) -> Way | None:
    """LAB § 121 a, § 118, stk. 5: the right at discharge has a frame whatever the group; in 2019 only group 1.

    None where the right at discharge gives no reimbursement of its own: also for nr. 11 and 14, whose whole support
    after chapter 9 b is refunded without a frame (§ 120, stk. 2).
    """
    frame = law.find("reimbursement.discharge_frame")
    only = law.find("reimbursement.discharge_groups")
    if frame is None or (isinstance(only, tuple) and group not in only) or group in law.members(_FIGURES[NO_FRAME]):
        return None
    rate = law.decimal("reimbursement.rate")
    if law.day >= REFUND_ENDED:
        return Way(str(frame), rate, "lab2019.s118")
    return Way(str(frame), rate, "lab2016.psych.all" if law.code == LAW_2016 else "lab2014.s121a.groups")


def of_group(group: int, law: LawOfDay) -> Way:
    """LAB §§ 121 a, 118, 118 a and 120-121: the list of the day that has the group."""
    if law.code == LAW_2016 and law.day >= REFUND_ENDED:
        return in_2019(group, law)
    frame = next((frame for frame, figure in _FIGURES.items() if group in law.members(figure)), None)
    if frame is None:
        raise _not_listed(group, _FIGURES[MENTOR_FRAME], law)
    if frame == NO_REIMBURSEMENT:
        resource_ended = law.code == LAW_2020 and group == 8
        return Way(frame, NO_RATE, "lab2022.refund.ressource" if resource_ended else _RULES[law.code, frame])
    rule = _rule_of_section_197(law) if law.code == LAW_2020 else _RULES[law.code, frame]
    return Way(frame, law.decimal("reimbursement.rate"), rule)


def _rule_of_section_197(law: LawOfDay) -> str:
    """LAB § 197, nr. 1: the rule that answers in the text of the day."""
    if law.day >= REFUND_ITEMS_UNREAD:
        return "lab2025.s197"
    return "lab2022.s197" if law.day >= ORDER_OF_2022 else "lab2020.s197"


def in_2019(group: int, law: LawOfDay) -> Way:
    """L 76 (2018-19): the refund ended with 2018 except for ressourceforløb and jobafklaring (§ 120, stk. 2).

    That of sick-listed citizens ended on 30 June 2019 (law 548/2019 § 209, stk. 12).
    """
    if group in law.members(_FIGURES[OTHER_GROUPS]):
        return Way(OTHER_GROUPS, law.decimal("reimbursement.rate"), "lab2019.s118a")
    if group in law.members(_FIGURES[NO_FRAME]):
        rule = "lab2019.jobafkl" if group == JOBAFKLARING else "lab2019.ressource"
        return Way(NO_FRAME, law.decimal("reimbursement.rate"), rule)
    if group in law.members(_FIGURES[NO_REIMBURSEMENT]):
        ended = "lab2016.none" if group <= 2 else "lab2019.end.other" if group <= 7 else "lab2019.end.kth"
        return Way(NO_REIMBURSEMENT, NO_RATE, ended if group != 3 else "lab2019.end.kth")
    raise _not_listed(group, _FIGURES[NO_FRAME], law)


def _not_listed(group: int, figure: str, law: LawOfDay) -> NotInForce:
    """Return an error naming the group where it doesn't exist that day, otherwise the figure whose lists omit it."""
    known = groups_on(law.day)
    if group in known:
        return NotInForce(figure, law.day)
    text = f"Målgruppe {group} findes ikke den {law.day:%d.%m.%Y}. Vælg en af {min(known)} til {max(known)}."
    return NotInForce(figure, law.day, text)


def says_way(way: Way, group: int | None, law: LawOfDay) -> Finding:
    """LAB §§ 118-121 a: the finding of a way, with the list of groups that has it; "not known" gives no answer."""
    cached = law.stated.get((way.rule, group))
    if isinstance(cached, Finding):
        return cached
    answer = None if way.rate is None else way.rate > 0
    figure = _FIGURES.get(way.frame or "")
    known = figure is not None and law.find(figure) is not None
    value, source = (law[figure], law.source(figure)) if figure and known else (None, None)
    made = finding(
        TURNED.get(way.rule, way.rule), answer, {"group": group, "frame": way.frame}, value=value, source=source
    )
    law.stated[way.rule, group] = made
    return made


def account_on(way: Way, law: LawOfDay) -> str | None:
    """Return the account (konto) of a cost that day, by its way; None where it is not confirmed."""
    if way.frame is None:
        return None
    if way.rule == "lab2022.refund.ressource":
        return law.text("reimbursement.account.resource_without")
    figure = _ACCOUNTS.get(way.frame)
    account = None if figure is None else law.find(figure)
    return None if account is None else str(account)
