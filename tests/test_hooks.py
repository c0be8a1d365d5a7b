"""The hook for pre-commit runs as pre-commit runs it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import yaml
from helpers import post

ROOT = Path(__file__).resolve().parent.parent


def test_the_hook_reports_about_the_files_that_are_committed(tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["language"]) == ("openinfra-blog-check", "python")
    assert hook["pass_filenames"]
    # Else several would read the blog at once, each for a part of the files.
    assert hook["require_serial"]
    (tmp_path / "docs/blog").mkdir(parents=True)
    for name in ("docs/conf.py", "README.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    for name in ("old", "new"):
        text = post(name, "[l](openstack.org)")
        (tmp_path / f"docs/blog/{name}.md").write_text(text, encoding="utf-8")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "python"
    run = subprocess.run(
        [sys.executable, *arguments, "README.md", "docs/blog/new.md"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stderr) == (1, "")
    lines = run.stdout.splitlines()
    assert lines[0].startswith("docs/blog/new.md:7: WARNING: ")
    assert lines[1] == "1 post checked: 1 warning"
