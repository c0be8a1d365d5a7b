"""Bytes from nowhere, given to everything that reads what strangers wrote.

The targets are plain functions that raise if something that must always hold does not. A fuzzer
that follows the coverage finds inputs (``tox -e fuzz``); the tests give them what it found before.
"""

from __future__ import annotations
