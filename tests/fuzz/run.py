"""Fuzz one target with atheris: ``python -m fuzz.run TARGET [libFuzzer's options] [folders]``.

Inputs that lead to new places go into the first folder; what breaks a promise is written to the
working folder and ends the run.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["sphinx_openinfra_blog"]):
    from fuzz.targets import TARGETS


def main() -> None:
    """Run the fuzzer; it never returns."""
    target = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
