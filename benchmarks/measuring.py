"""Runder og forhold: candidates take turns within a round, and the ratio of a round is what counts."""

import gc
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Measure = Callable[[], float]
"""Does the work once and returns its seconds."""


@dataclass
class Report:
    """The one JSON document of a script."""

    area: str
    size: str
    rounds: int
    results: list[dict[str, Any]] = field(default_factory=list)
    goals: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, seconds: list[float], floor: list[float]) -> float:
        """Keep the rounds of a candidate beside its floor's; return the median of the ratios round by round."""
        ratios = sorted(own / least for own, least in zip(seconds, floor, strict=True))
        self.results.append(
            {
                "name": name,
                "median_s": round(median(seconds), 6),
                "ratio_to_floor": round(median(ratios), 3),
                "ratio_min": round(ratios[0], 3),
                "ratio_max": round(ratios[-1], 3),
            }
        )
        return median(ratios)

    def goal(self, name: str, ratio: float, *, at_most: float | None = None, at_least: float | None = None) -> None:
        """Hold a ratio (or a count) against its limit."""
        limit = at_most if at_most is not None else at_least
        ok = (at_most is None or ratio <= at_most) and (at_least is None or ratio >= at_least)
        self.goals.append({"id": name, "ratio": round(ratio, 3), "limit": limit, "ok": ok})

    def finish(self, *, strict: bool) -> None:
        """Print the document; with `strict` exit 1 when a goal is missed."""
        print(json.dumps(vars(self), ensure_ascii=False))
        if strict and not all(goal["ok"] for goal in self.goals):
            sys.exit(1)


def in_turn(candidates: Mapping[str, Measure], rounds: int) -> dict[str, list[float]]:
    """Measure A B C A B C ...: one warm-up round, then the rounds that count."""
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(rounds + 1):
        for name, measure in candidates.items():
            gc.collect()
            taken = measure()
            if number:
                seconds[name].append(taken)
    return seconds
