"""Format hours (timer) as exact text without rounding; minutes are written where decimals cannot be."""

from __future__ import annotations

from jobcenter_mentor.domain.kernel.money import divide_half_away

MINUS = "−"


def hours_figure(minutes: int) -> str:
    """Return hours as a figure without a unit: 2, 2,5, 0,75.

    What two decimals cannot express is given in minutes: 50 min, 1 t 50 min.
    """
    sign = MINUS if minutes < 0 else ""
    whole, rest = divmod(abs(minutes), 60)
    if rest % 3:
        return f"{sign}{f'{_grouped(whole)} t ' if whole else ''}{rest} min"
    decimals = f",{rest * 100 // 60:02d}".rstrip("0") if rest else ""
    return f"{sign}{_grouped(whole)}{decimals}"


def hours_short(minutes: int) -> str:
    """Return hours with their unit, for lists: 2,5 t, 50 min, 1 t 50 min."""
    figure = hours_figure(minutes)
    return figure if figure.endswith("min") else f"{figure} t"


def hours_words(minutes: int) -> str:
    """Return hours in words for a sentence: 1 time, 45 minutter, 2 timer og 30 minutter, 0 timer."""
    sign = MINUS if minutes < 0 else ""
    whole, rest = divmod(abs(minutes), 60)
    parts = []
    if whole or not rest:
        parts.append(f"{_grouped(whole)} {'time' if whole == 1 else 'timer'}")
    if rest:
        parts.append(f"{rest} {'minut' if rest == 1 else 'minutter'}")
    return sign + " og ".join(parts)


def minutes_of(hundredths: int) -> int:
    """Return whole minutes from hours in hundredths, rounded half away from zero: 67 gives 40."""
    return divide_half_away(hundredths * 60, 100)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
