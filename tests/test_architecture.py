"""The shape of the package: which module may import which, and how long things may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_openinfra_blog

PACKAGE = Path(sphinx_openinfra_blog.__file__).parent
MODULES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.glob("*.py")}

#: A module imports modules of earlier rows, and those of its own row that stand before it.
LAYERS = (
    (
        "model",
        "diagnostics",
        "frontmatter",
        "dates",
        "permalinks",
        "slugs",
        "handles",
        "values",
        "keys",
        "kept",
        "fields",
    ),
    (
        "archive",
        "rules",
        "claims",
        "terms",
        "consistency",
        "resolve",
        "lookup",
        "link_rules",
        "excerpts",
        "selection",
        "listing_options",
        "head_tags",
        "feed_values",
        "feed_formats",
        "feed_content",
    ),
    (
        "messages",
        "nodes",
        "builders",
        "report",
        "roles",
        "roster",
        "checks",
        "settings",
        "options",
    ),
    (
        "byline",
        "scan",
        "project",
        "domain",
    ),
    (
        "files",
        "images",
        "links",
        "markdown",
        "summary",
        "reading",
        "title",
        "rows",
        "listing",
        "source_links",
        "theme_titles",
        "feed_places",
        "heads",
        "context",
        "sitemaps",
        "profiles",
        "incremental",
        "document",
    ),
    (
        "manifest",
        "generated",
        "other_redirects",
        "redirects",
        "feeds",
        "feed_store",
        "feed_files",
        "document_states",
        "plan",
        "outputs",
    ),
    (
        "directive",
        "pages",
        "untrusted",
        "web_addresses",
        "old_feeds",
        "server_rules",
        "built_site",
        "parity_compare",
        "commands",
        "parity",
        "site",
        "reports",
        "dry_build",
        "check",
        "schema",
    ),
    ("extension", "__init__", "__main__"),
)
ORDER = [name for layer in LAYERS for name in layer]
#: They know no Sphinx, open no file and read no clock.
PURE = (*LAYERS[0], *LAYERS[1])


def imports_of(tree: ast.Module, *, at_runtime: bool = True) -> set[str]:
    """Return what a module imports: its own package's modules by name, others by their package."""
    found: set[str] = set()
    typing_only = {
        inner
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if at_runtime and node in typing_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level and node.module is None:
                found |= {f".{alias.name}" for alias in node.names}
            elif node.level:
                found.add(f".{node.module}")
            else:
                found.add((node.module or "").partition(".")[0])
    return found


def functions_of(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_every_module_has_its_layer() -> None:
    assert sorted(MODULES) == sorted(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_imports_point_one_way(name: str) -> None:
    own = {item[1:] for item in imports_of(MODULES[name]) if item.startswith(".")}
    assert own <= set(ORDER[: ORDER.index(name)])


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_know_no_sphinx_no_files_and_no_clock(name: str) -> None:
    assert not imports_of(MODULES[name]) & {"sphinx", "docutils", "os", "io", "pathlib", "time"}
    called = {
        ast.unparse(node.func) for node in ast.walk(MODULES[name]) if isinstance(node, ast.Call)
    }
    assert not {item for item in called if item == "open" or item.endswith((".now", ".today"))}


@pytest.mark.parametrize("name", ORDER)
def test_modules_and_functions_are_short(name: str) -> None:
    text = (PACKAGE / f"{name}.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    long = [
        item.name
        for item in functions_of(MODULES[name])
        if (item.end_lineno or 0) - item.lineno >= 50
    ]
    assert long == []


@pytest.mark.parametrize("name", ORDER)
def test_what_is_public_says_what_it_is_for(name: str) -> None:
    tree = MODULES[name]
    assert ast.get_docstring(tree)
    bare = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and node.col_offset == 0
        and not ast.get_docstring(node)
    ]
    assert bare == []


@pytest.mark.parametrize("name", [name for name in ORDER if name not in {"report", "dry_build"}])
def test_only_one_module_warns(name: str) -> None:
    source = ast.unparse(MODULES[name])
    assert "getLogger" not in source
    assert "print(" not in source
    assert not {"logging", "warnings"} & imports_of(MODULES[name])


@pytest.mark.parametrize("name", ["__init__", "extension"])
def test_setup_registers_and_decides_nothing(name: str) -> None:
    logic = ast.If | ast.For | ast.While | ast.Try | ast.With | ast.Lambda | ast.ListComp
    functions = functions_of(MODULES[name])
    assert functions
    assert not [node for item in functions for node in ast.walk(item) if isinstance(node, logic)]


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {"extension", "garbage", "report"}))
def test_nothing_is_connected_elsewhere(name: str) -> None:
    calls = (node for node in ast.walk(MODULES[name]) if isinstance(node, ast.Call))
    assert not [node for node in calls if ast.unparse(node.func).endswith("app.connect")]


def test_the_command_line_alone_loads_nothing_of_sphinx() -> None:
    code = "import sys, sphinx_openinfra_blog.__main__; print(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"sphinx", "docutils", "jinja2", "myst_parser", "yaml"}
