"""The hooks for pre-commit run as pre-commit runs them."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from helpers import post

ROOT = Path(__file__).resolve().parent.parent


HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "language", "types"),
    [
        ("openinfra-blog-check", "python", ["key"]),
        ("openinfra-blog-check-bodies", "system", ["key", "link"]),
    ],
)
def test_a_hook_reports_about_the_files_that_are_committed(
    tmp_path: Path, name: str, language: str, types: list[str]
) -> None:
    (hook,) = (item for item in HOOKS if item["id"] == name)
    assert hook["language"] == language
    assert hook["pass_filenames"]
    # Else several would read the blog at once, each for a part of the files.
    assert hook["require_serial"]
    text = post("A post", "[l](openstack.org)", authr="x")
    files = {
        "docs/conf.py": "extensions = ['sphinx_openinfra_blog']\n",
        "docs/index.md": "# Site\n",
        "README.md": "",
        "docs/blog/old.md": text,
        "docs/blog/new.md": text,
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
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
    *lines, counts, _left_out = run.stdout.splitlines()
    assert all(line.startswith("docs/blog/new.md:") for line in lines)
    assert [line.rpartition(".")[2] for line in lines] == [f"{item}]" for item in types]
    assert counts == f"1 post checked: {len(types)} warning{'s' * (len(types) > 1)}"
