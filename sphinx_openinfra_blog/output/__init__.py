"""What an output folder holds, and what to write again."""

from __future__ import annotations

from .build import Outputs

__all__ = ["Outputs"]
