"""The commands of ``python -m sphinx_openinfra_blog``."""

from __future__ import annotations

from .command import Command
from .input import InputError

__all__ = ["Command", "InputError"]
