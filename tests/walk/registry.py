"""What an edit is, and how one is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from walk.model import Model


@dataclass(frozen=True, slots=True)
class Edit:
    """One kind of edit.

    :ivar weight: how often it is drawn, beside the others.
    """

    name: str
    weight: int
    change: Callable[[Model], str]


EDITS: list[Edit] = []


def edit(weight: int = 3) -> Callable[[Callable[[Model], str]], Callable[[Model], str]]:
    """Register the decorated function as an edit."""

    def register(change: Callable[[Model], str]) -> Callable[[Model], str]:
        EDITS.append(Edit(change.__name__, weight, change))
        return change

    return register


def draw(model: Model) -> str:
    """Make one edit and return what it did."""
    chosen = model.random.choices(EDITS, [item.weight for item in EDITS])[0]
    said = chosen.change(model)
    return f"{chosen.name}: {said}" if said else ""
