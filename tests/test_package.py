"""The distribution: what is in it, and that it works where nothing else is."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

import sphinx_openinfra_blog

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sphinx_openinfra_blog"

POST = """\
---
title: A post
author: Ada Lovelace
date: 2026-11-05
category: [{label: News}]
---
Text.
"""


def test_the_version_is_the_one_of_the_distribution() -> None:
    assert sphinx_openinfra_blog.__version__ == version("sphinx-openinfra-blog")


def test_under_tox_the_tests_run_on_the_installed_package() -> None:
    place = Path(sphinx_openinfra_blog.__file__)
    assert "TOX_ENV_NAME" not in os.environ or not place.is_relative_to(PACKAGE)


#: The top-level modules of required distributions that are not called like them.
MODULES = {
    "PIL": "pillow",
    "linkify_it": "linkify-it-py",
    "markdown_it": "markdown-it-py",
    "slugify": "python-slugify",
    "yaml": "pyyaml",
}


def imports_of(path: Path) -> set[str]:
    """Return the top-level names of all modules that a file imports by their full names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_every_imported_distribution_is_required_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {
        re.split(r"[^\w-]", requirement)[0].lower()
        for requirement in project["dependencies"] + project["optional-dependencies"]["images"]
        if "sys_platform" not in requirement
    }
    imported = {name for path in PACKAGE.rglob("*.py") for name in imports_of(path)}
    foreign = imported - sys.stdlib_module_names - {PACKAGE.name}
    assert {MODULES.get(name, name.replace("_", "-")) for name in foreign} == required


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, the wheel from it, and return their folder."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> Path:
    """Return the one wheel."""
    (found,) = distributions.glob("*.whl")
    return found


@pytest.mark.package
def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    written = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "sphinx_openinfra_blog/py.typed" in written
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == written


@pytest.mark.package
def test_the_wheel_says_who_may_use_it_and_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "License-Expression: Apache-2.0" in text
    assert "Requires-Python: >=3.11" in text


@pytest.mark.package
def test_the_sdist_holds_what_the_wheel_and_the_tests_need(distributions: Path) -> None:
    (found,) = distributions.glob("*.tar.gz")
    with tarfile.open(found) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "tox.ini", ".ci/run", "docs/conf.py"} <= names
    assert "tests/test_package.py" in names
    assert not any(name.startswith((".tox/", ".venv/", "docs/_build/")) for name in names)


@pytest.mark.package
def test_the_wheel_builds_a_blog_where_nothing_else_is(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", str(wheel)], check=True)
    source = tmp_path / "source"
    (source / "blog").mkdir(parents=True)
    (source / "conf.py").write_text('extensions = ["sphinx_openinfra_blog"]\n', encoding="utf-8")
    (source / "index.md").write_text("# Site\n\n```{blog}\n```\n", encoding="utf-8")
    (source / "blog" / "post.md").write_text(POST, encoding="utf-8")
    subprocess.run(
        [python, "-m", "sphinx", "-q", "-W", "-n", str(source), str(tmp_path / "out")],
        check=True,
        cwd=tmp_path,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795392000"},  # 2026-11-23
    )
    assert "A post" in (tmp_path / "out" / "blog" / "post.html").read_text(encoding="utf-8")
    assert "A post" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
