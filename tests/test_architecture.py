"""The shape of the package: its rooms, who may import what, and where it registers."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx_openinfra_blog

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = sphinx_openinfra_blog.__name__
PACKAGE = Path(sphinx_openinfra_blog.__file__).parent
#: An import goes to a room of an earlier floor, or stays in its own room.
FLOORS = (
    {"model"},
    {"frontmatter"},
    {"config"},
    {"blog"},
    {"environment"},
    {"reading", "listing", "feeds", "integrations"},
    {"html", "commands"},
    {"output"},
    {"api", "extension", "__main__"},
    {"__init__"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
#: They import neither Sphinx nor docutils, and read no clock.
PURE = ("model", "frontmatter", "config", "blog")
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}


def room_of(module: str) -> str:
    """Return the room of a module, as a dotted name below the package."""
    return module.partition(".")[0]


def imports_of(module: str) -> Iterator[tuple[str, str]]:
    """Yield the absolute module and the name of everything that a module imports."""
    package = [NAME, *module.split(".")[:-1]]
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((source, alias.name) for alias in node.names)


def own_imports_of(module: str) -> Iterator[str]:
    """Yield the modules of this package that a module imports from, below the package."""
    for source, name in imports_of(module):
        if source == NAME and name in FLOOR_OF:
            yield name
        elif source.startswith(f"{NAME}."):
            yield source.removeprefix(f"{NAME}.")


def test_there_are_twelve_rooms_and_few_doors_to_the_house() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(chain(*FLOORS[:-2]))
    assert len([name for name in MODULES if "." not in name]) <= 5


def test_imports_go_down_or_stay_in_their_room() -> None:
    up = [
        f"{module} imports {target}"
        for module in MODULES
        for target in own_imports_of(module)
        if room_of(target) != room_of(module)
        if FLOOR_OF[room_of(target)] >= FLOOR_OF[room_of(module)]
    ]
    assert up == []


def test_other_rooms_are_entered_through_their_doors() -> None:
    past = [
        f"{module} imports {target}"
        for module in MODULES
        for target in own_imports_of(module)
        if room_of(target) != room_of(module) and "." in target
    ]
    assert past == []


def test_a_door_says_in_a_sentence_what_is_behind_it_and_offers_what_is_asked_for() -> None:
    asked: dict[str, set[str]] = {}
    for module in MODULES:
        for source, name in imports_of(module):
            package, _, target = source.partition(".")
            if package == NAME and target in FLOOR_OF and target != room_of(module):
                asked.setdefault(target, set()).add(name)
    for room in chain(*FLOORS[:-2]):
        door = MODULES[f"{room}.__init__"]
        text = ast.get_docstring(door) or ""
        assert text.endswith("."), room
        assert "\n" not in text, room
        offered = next(
            ast.literal_eval(node.value)
            for node in door.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        )
        assert set(offered) == asked.get(room, set()), room


def test_pure_rooms_know_no_sphinx_and_no_clock() -> None:
    for module in (name for name in MODULES if room_of(name) in PURE):
        foreign = {source.partition(".")[0] for source, _name in imports_of(module)}
        assert not foreign & {"sphinx", "docutils", "time"}, module
        calls = (node.func for node in ast.walk(MODULES[module]) if isinstance(node, ast.Call))
        called = {ast.unparse(function) for function in calls}
        assert not {name for name in called if name.endswith((".now", ".today"))}, module
        if room_of(module) != "config":
            assert not foreign & {"os", "io"} | called & {"open"}, module


def test_one_module_warns_and_one_registers() -> None:
    for module, tree in MODULES.items():
        source = ast.unparse(tree)
        # That command builds with an application of its own.
        own = module == "commands.bodies"
        if module != "environment.warnings" and not own:
            assert "getLogger" not in source, module
        if module != "extension" and not own:
            assert ".connect(" not in source, module


def test_no_class_has_the_name_of_another() -> None:
    classes = Counter(
        node.name.lstrip("_")
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in classes.items() if count > 1] == []


def test_the_command_line_alone_loads_nothing_of_sphinx() -> None:
    code = "import sys, sphinx_openinfra_blog.__main__; print(*sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"sphinx", "docutils", "jinja2", "myst_parser", "yaml"}
