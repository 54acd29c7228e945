"""Score many pairs at once: each criterion is asked once for each pair of different answers, then spread out."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from jobcenter_mentor.domain.matching.criteria import CRITERIA, Criterion
from jobcenter_mentor.domain.matching.pairs import Need, Offer
from jobcenter_mentor.domain.matching.prices import Ints
from jobcenter_mentor.domain.matching.weights import weighted

LIMIT = -(10**9)
"""The points of a pair with a hard limit."""


def points_of(needs: Sequence[Need], offers: Sequence[Offer], weights: Mapping[str, int]) -> Ints:
    """Return the points of every need (row) with every offer (column), below 0 by `LIMIT` or more where one is hard.

    The result is the same as `domain.matching.ranking.score` pair by pair.
    """
    total: Ints = np.zeros((len(needs), len(offers)), dtype=np.int64)
    if total.size:
        for criterion in CRITERIA:
            total += _points(criterion, needs, offers, weights)
    return total


def _points(criterion: Criterion, needs: Sequence[Need], offers: Sequence[Offer], weights: Mapping[str, int]) -> Ints:
    rows, of_row = _kinds(needs, criterion.of_need)
    columns, of_column = _kinds(offers, criterion.of_offer)
    said = [[criterion.say(need, offer) for offer in columns] for need in rows]
    table = np.array(
        [[LIMIT if m.speaks == "limit" else weighted(m.points, m.criterion, weights) for m in row] for row in said],
        dtype=np.int64,
    )
    return table[np.ix_(of_row, of_column)]


def _kinds(items: Sequence[Any], fields: tuple[str, ...]) -> tuple[list[Any], list[int]]:
    """Return one item of each kind by the fields, and the kind of every item."""
    first: dict[Hashable, int] = {}
    kinds: list[Any] = []
    places = []
    for item in items:
        key = tuple(getattr(item, name) for name in fields)
        if key not in first:
            first[key] = len(kinds)
            kinds.append(item)
        places.append(first[key])
    return kinds, places
