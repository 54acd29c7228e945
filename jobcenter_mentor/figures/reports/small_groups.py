"""Hide cells of a table (små grupper), so that no group of fewer than five can be read or worked out.

A table has groups down, years across, and both sums: `counts[-1]` are the sums of the columns, `counts[:, -1]` those of
the rows. First the small ones are hidden, then as many others as needed for nothing hidden to follow from what is
shown: neither by one sum alone, nor by all the sums of the table together.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

SMALL = 5
"""Groups of fewer citizens than this are hidden, in every view and file."""

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]
CERTAIN = 1 - 1e-6


def with_sums(counts: Counts) -> Counts:
    """Return the table with the sums of its rows and columns (summer)."""
    across = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([across, across.sum(axis=0)])


def is_small(count: int) -> bool:
    """Tell whether a group is so small that it is hidden (lille gruppe). An empty group is not."""
    return 0 < count < SMALL


def grown_little(values: Sequence[int]) -> bool:
    """Tell whether a figure has grown too little to be shown again (vækst).

    `values` are those of each publication, the last is now. Somebody who saved the last one would read the newcomers as
    a difference, so it is shown again when they are five.
    """
    shown: int | None = None
    hide = False
    for value in values:
        hide = is_small(value) or (shown is not None and is_small(value - shown))
        if not hide:
            shown = value
    return hide


def hidden(counts: Counts, also: Mask | None = None) -> Mask:
    """Return the hidden cells (skjulte celler): the small ones, those in `also`, and what protects them.

    `counts` has its sums.
    """
    mask = (counts > 0) & (counts < SMALL)
    if also is not None:
        mask |= also
    while True:
        more = _weak_line(counts, mask) or _derived(counts, mask)
        if more is None:
            return mask
        mask[more] = True


def _lines(counts: Counts) -> Iterator[list[Cell]]:
    """Yield each sum as its cells, the sum itself last."""
    rows, columns = counts.shape
    for column in range(columns):
        yield [(row, column) for row in range(rows)]
    for row in range(rows):
        yield [(row, column) for column in range(columns)]


def _weak_line(counts: Counts, mask: Mask) -> Cell | None:
    """Return the next cell to hide where a sum gives away what is hidden in it; None where none does."""
    for line in _lines(counts):
        away = [cell for cell in line if mask[cell]]
        if not away:
            continue
        parts = [cell for cell in away if cell != line[-1]]
        told = not mask[line[-1]] and sum(int(counts[cell]) for cell in parts) < SMALL
        if len(away) == 1 or told:
            more = _next(counts, mask, line)
            if more is not None:
                return more
    return None


def _next(counts: Counts, mask: Mask, line: list[Cell]) -> Cell | None:
    """Return the smallest shown group of a line, then its sum, then an empty group; all citizens of a year last."""
    shown, last = [cell for cell in line if not mask[cell]], len(counts) - 1
    return min(
        shown,
        key=lambda cell: (cell[0] == last, counts[cell] == 0, cell == line[-1], int(counts[cell]), cell),
        default=None,
    )


def _derived(counts: Counts, mask: Mask) -> Cell | None:
    """Return a cell to hide where all the sums together give one hidden cell away; None where they do not."""
    unknown = [(int(row), int(column)) for row, column in np.argwhere(mask)]
    if not unknown:
        return None
    place = {cell: number for number, cell in enumerate(unknown)}
    system = np.zeros((sum(counts.shape), len(unknown)))
    for number, line in enumerate(_lines(counts)):
        for cell in line:
            if cell in place:
                system[number, place[cell]] = -1 if cell == line[-1] else 1
    given = np.diag(np.linalg.pinv(system) @ system)
    for cell, certain in zip(unknown, given, strict=True):
        if certain > CERTAIN and counts[cell]:
            for line in _lines(counts):
                more = _next(counts, mask, line) if cell in line else None
                if more is not None:
                    return more
    return None
