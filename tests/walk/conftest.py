"""The order of the walks among all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the walks: the longest of all tests must not be left to one process alone."""
    items.sort(key=lambda item: item.get_closest_marker("walk") is None)
