"""Attack the hiding of small groups (små grupper): everything shown is used to work out what is hidden."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
import pytest

from jobcenter_mentor.figures.reports.small_groups import SMALL, Counts, Mask, grown_little, hidden, is_small, with_sums


def a_table(rng: Random) -> Counts:
    """Draw a table as a small municipality has: most groups are small, some are empty."""
    rows, years = rng.randrange(2, 12), rng.randrange(1, 5)
    drawn = [[rng.choice((0, 1, 2, 3, 4, 5, 7, 12, 40)) for _ in range(years)] for _ in range(rows)]
    return with_sums(np.array(drawn))


def lines_of(counts: Counts) -> list[list[tuple[int, int]]]:
    rows, columns = counts.shape
    across = [[(row, column) for column in range(columns)] for row in range(rows)]
    return across + [[(row, column) for row in range(rows)] for column in range(columns)]


def solved(counts: Counts, mask: Mask) -> dict[tuple[int, int], int]:
    """Solve the sums exactly for the hidden cells; return those with only one solution."""
    cells = [(int(row), int(column)) for row, column in np.argwhere(mask)]
    system = []
    for line in lines_of(counts):
        signs = {cell: (-1 if cell == line[-1] else 1) for cell in line}
        known = sum(Fraction(int(counts[cell])) * sign for cell, sign in signs.items() if not mask[cell])
        system.append([Fraction(signs.get(cell, 0)) for cell in cells] + [-known])
    pivots = reduce(system, len(cells))
    return {
        cells[column]: int(row[-1])
        for column, row in pivots.items()
        if not any(row[other] for other in range(len(cells)) if other != column)
    }


def reduce(system: list[list[Fraction]], unknowns: int) -> dict[int, list[Fraction]]:
    """Bring a system to its reduced form; return its rows by pivot."""
    pivots: dict[int, list[Fraction]] = {}
    for column in range(unknowns):
        row = next((row for row in system if row[column] and not any(row is known for known in pivots.values())), None)
        if row is None:
            continue
        row[:] = [value / row[column] for value in row]
        for other in system:
            if other is not row and other[column]:
                factor = other[column]
                other[:] = [value - factor * own for value, own in zip(other, row, strict=True)]
        pivots[column] = row
    return pivots


def bounded(counts: Counts, mask: Mask) -> dict[tuple[int, int], int]:
    """Narrow what each hidden cell can be, knowing that no count is negative; return those with one value left."""
    most = int(counts.max()) * 2
    span = {(int(row), int(column)): [0, most] for row, column in np.argwhere(mask)}
    known = {cell: [int(counts[cell])] * 2 for cell in np.ndindex(*counts.shape) if not mask[cell]}
    for _ in range(30):
        for line in lines_of(counts):
            ends = [(span | known)[cell] for cell in line]
            low, high = sum(end[0] for end in ends[:-1]), sum(end[1] for end in ends[:-1])
            ends[-1][:] = [max(ends[-1][0], low), min(ends[-1][1], high)]
            for end in ends[:-1]:
                rest_low, rest_high = low - end[0], high - end[1]
                end[:] = [max(end[0], ends[-1][0] - rest_high), min(end[1], ends[-1][1] - rest_low)]
                low, high = rest_low + end[0], rest_high + end[1]
    return {cell: low for cell, (low, high) in span.items() if low == high}


@pytest.mark.parametrize("seed", range(20))
def test_no_small_group_follows_from_the_sums(seed: int) -> None:
    counts = a_table(Random(seed))
    mask = hidden(counts)

    assert not any(is_small(int(count)) for count in counts[~mask])
    assert [cell for cell, value in solved(counts, mask).items() if value] == []
    assert [cell for cell, value in bounded(counts, mask).items() if is_small(value)] == []
    for *parts, total in lines_of(counts):
        away = sum(int(counts[cell]) for cell in parts if mask[cell])
        assert mask[total] or not is_small(away)


def test_the_attack_finds_what_is_hidden_alone() -> None:
    counts = with_sums(np.array([[3, 20], [9, 30], [8, 40]]))
    only_the_small = (counts > 0) & (counts < SMALL)

    assert solved(counts, only_the_small) == {(0, 0): 3}
    assert solved(counts, hidden(counts)) == {}


def test_a_table_without_small_groups_is_shown_whole() -> None:
    assert not hidden(with_sums(np.array([[5, 0], [12, 30]]))).any()


@pytest.mark.parametrize(
    ("values", "hide"),
    [([6, 8], True), ([6, 8, 11], False), ([6, 6], False), ([3, 8], False), ([4], True), ([6, 8, 10], True)],
)
def test_a_figure_is_shown_again_when_five_have_come(values: list[int], hide: bool) -> None:
    assert grown_little(values) is hide


def test_the_differences_of_what_was_shown_over_time_are_never_small() -> None:
    rng = Random(4)
    for _ in range(200):
        values = np.cumsum([rng.choice((0, 1, 2, 5, 9)) for _ in range(4)]).tolist()
        shown = [value for end, value in enumerate(values, start=1) if not grown_little(values[:end])]
        assert not any(is_small(after - before) for before, after in pairwise(shown))
