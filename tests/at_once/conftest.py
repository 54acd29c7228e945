"""Kapløbene i to suiter: on every commit money, decisions, matches and users on PostgreSQL; the rest when thorough."""

import pytest

from tests.at_once.table import ON_EVERY_COMMIT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what is raced on SQLite, and what is not on every commit."""
    for item in items:
        raced = getattr(getattr(item, "callspec", None), "params", {})
        is_thorough = raced.get("engine_name") == "sqlite" or raced.get("name") not in ON_EVERY_COMMIT
        if "at_once" in item.path.parts and "name" in raced and is_thorough:
            item.add_marker(pytest.mark.slow)
