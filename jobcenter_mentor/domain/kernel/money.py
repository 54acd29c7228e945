"""Calculate money as whole øre: one rounding rule (half away from zero), exact shares, never float."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from jobcenter_mentor.domain.kernel.errors import DomainError

_AFFIX = re.compile(r"^(?:kr\.?|dkk)\s*|\s*(?:kr\.?|dkk)$", re.IGNORECASE)
_GROUPED = re.compile(r"^-?[0-9]{1,3}(?:[. \u00a0][0-9]{3})+(?:,[0-9]{1,2}|,-)$")
_WHOLE = re.compile(r"^-?[0-9]{1,3}(?:(?:[ \u00a0][0-9]{3})+|(?:\.[0-9]{3}){2,})$")
_PLAIN = re.compile(r"^-?[0-9]+(?:[.,][0-9]{1,2}|,-)?$")


def parse_kroner(text: str) -> int:
    """Return Danish text as øre ("1.234,50", "1234,50", "kr. 450,-", "5.180.000").

    Raises DomainError (code number_format) when the text can be read in two ways ("1.234", "1,234.50") or in none.
    """
    bare = _AFFIX.sub("", text.strip()).strip()
    if not bare.isascii() and "\u00a0" not in bare:
        raise _not_an_amount(text)
    if _GROUPED.match(bare) or _WHOLE.match(bare):
        bare = re.sub(r"[. \u00a0]", "", bare)
    elif not _PLAIN.match(bare):
        raise _not_an_amount(text)
    return from_decimal(Decimal(bare.removesuffix(",-").replace(",", ".")))


def _not_an_amount(text: str) -> DomainError:
    return DomainError(
        f"Beløbet »{text}« kan ikke læses sikkert. Skriv det som 1234,50 eller 1.234,50.", code="number_format"
    )


def format_kroner(ore: int) -> str:
    """Return øre as Danish text: "1.234,50"."""
    kroner, rest = divmod(abs(ore), 100)
    grouped = f"{kroner:,}".replace(",", ".")
    return f"{'-' if ore < 0 else ''}{grouped},{rest:02d}"


def to_decimal_string(ore: int) -> str:
    """Return øre as kroner for machines: "1234.50"."""
    kroner, rest = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{kroner}.{rest:02d}"


def from_decimal(amount: Decimal) -> int:
    """Return kroner as exact øre; raises DomainError (code number_format) on more than two decimals."""
    ore = amount * 100
    if not amount.is_finite() or ore != int(ore):
        raise DomainError(f"Beløbet {amount} har mere end to decimaler.", code="number_format")
    return int(ore)


def round_half_away(exact: Fraction) -> int:
    """Round to a whole number, halves away from zero."""
    return divide_half_away(exact.numerator, exact.denominator)


def divide_half_away(numerator: int, denominator: int) -> int:
    """Divide and round to a whole number, halves away from zero; the denominator must be above zero."""
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -rounded if numerator < 0 else rounded


def percent_half_away(ore: int, rate: Decimal) -> int:
    """Return a share of an amount in øre, halves away from zero; a rate of 0.50 is half."""
    return round_half_away(Fraction(ore) * Fraction(rate))


def period_cost(minutes_per_week: int, days: int, price_ore: int) -> int:
    """Return the cost of some days: minutes a week x days / 7 x price of an hour, in whole øre, half away from zero."""
    return divide_half_away(minutes_per_week * days * price_ore, 7 * 60)


def share(amount: int, weights: Sequence[int]) -> list[int]:
    """Distribute øre by weights so that the parts sum exactly to the amount.

    The largest remainder gets the next øre, then the earliest. Raises DomainError (code shares) when a weight is
    negative or all are zero.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise DomainError("Et beløb kan ikke fordeles uden vægte.", code="shares")
    if len(weights) == 1:
        return [amount]
    whole = abs(amount)
    parts = [whole * weight // total for weight in weights]
    if missing := whole - sum(parts):
        remainders = [whole * weight % total for weight in weights]
        for index in sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)[:missing]:
            parts[index] += 1
    return parts if amount >= 0 else [-part for part in parts]


def delivered_cost(minutes: int, hourly_price: int, share: int = 1) -> int:
    """Return the cost of delivered minutes at the price of an hour, in whole øre, half away from zero."""
    return round_half_away(Fraction(minutes * hourly_price, 60 * share))
