"""Opdigtede ventelister: points as the criteria give them, hours in halves, a little less room than is asked for."""

import numpy as np

from jobcenter_mentor.domain.matching.prices import Problem

NEEDS = (60, 90, 120, 150, 180, 240, 300)


def made_up(citizens: int, mentors: int, seed: int) -> Problem:
    """Return a waiting list: languages, barriers, areas and types drawn; 0 where a language or an exclusion stops."""
    draw = np.random.default_rng(seed)
    language = draw.choice(4, size=citizens, p=[0.8, 0.1, 0.06, 0.04])
    speaks = draw.random((mentors, 4)) < [1, 0.15, 0.1, 0.05]
    barriers, skills = draw.random((citizens, 8)) < 0.25, draw.random((mentors, 8)) < 0.3
    area, own_area = draw.integers(0, 6, citizens), draw.integers(0, 6, mentors)
    kind, own_kind = (draw.choice(3, size, p=[0.6, 0.25, 0.15]) for size in (citizens, mentors))
    values = 20 + np.minimum(36, 12 * (barriers.astype(int) @ skills.T.astype(int))) + draw.integers(0, 11, mentors)
    values += 20 * (kind[:, None] == own_kind) + 6 * (area[:, None] == own_area)
    values += 15 * (draw.random((citizens, mentors)) < 0.02)
    needed, fits = (language > 0) & (draw.random(citizens) < 0.5), speaks[:, language].T
    values = np.where(needed[:, None] & ~fits, 0, values + 15 * ((language > 0)[:, None] & fits))
    values = np.where(draw.random((citizens, mentors)) < 0.02, 0, values)
    needs, rooms = draw.choice(NEEDS, citizens), draw.integers(4, 19, mentors) * 60
    rooms = (rooms * 0.95 * needs.sum() / rooms.sum() // 30 * 30).astype(np.int64)
    ids = tuple(range(1, citizens + 1)), tuple(range(1, mentors + 1))
    return Problem(*ids, values.astype(np.int64), needs.astype(np.int64), rooms)
