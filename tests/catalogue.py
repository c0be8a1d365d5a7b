"""The catalogue of diagnostics, from which the reference is made and which is tested."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[1] / "docs" / "diagnostics.toml"


@dataclass(frozen=True)
class Diagnostic:
    """One kind of mistake; ``docs/diagnostics.toml`` says what is what."""

    subtype: str
    kind: str
    remedy: str
    at: str
    message: str
    files: dict[str, str]
    conf: dict[str, Any] = field(default_factory=dict)
    encoding: str = "utf-8"
    lint: bool = False

    @property
    def line(self) -> str:
        """Return the warning as it is printed."""
        place = f"{self.at}: " if self.at else ""
        return f"{place}WARNING: {self.message} [openinfra_blog.{self.subtype}]"


def catalogue() -> list[Diagnostic]:
    """Return every kind of mistake, in the order of the reference."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return [Diagnostic(**item) for item in data["diagnostic"]]
