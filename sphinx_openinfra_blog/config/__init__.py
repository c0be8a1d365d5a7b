"""The values of conf.py to settings, every mistake at once, by one table of options."""

from __future__ import annotations

from .checks import base_url
from .names import unknown_options
from .option import PREFIX, FromFile
from .people import Person
from .settings import OPTIONS, Settings

__all__ = ["OPTIONS", "PREFIX", "FromFile", "Person", "Settings", "base_url", "unknown_options"]
