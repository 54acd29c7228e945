"""Adgang: who may do what, read from one matrix (`matrix.yaml`), asked at every route and in every query."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def requires(action: str) -> Callable[[View], View]:
    """Declare the action of a route, e.g. `referral.write`."""

    def declare(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declare a route that needs no log-in."""
    view.action = None  # type: ignore[attr-defined]
    return view
