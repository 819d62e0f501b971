"""The walls of the house: who may import whom, where SQL lives, how long a function may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from handlers import phrases

ROOT = Path(__file__).parent.parent
FLOORS = ("bot", "handlers", "storage")  # from the top down; each may import those below it
LONGEST = 40  # lines of a function, its docstring not counted
DEEPEST = 4
FILES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]
SQL = re.compile(
    r"\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s"
    r"|create\s+(virtual\s+)?(table|index)\s|alter\s+table\s|drop\s+table\s|pragma\s+\w+)",
    re.IGNORECASE | re.DOTALL,
)
FENCED = {  # library → the only files that may import it
    "openai": {"handlers/answering/endpoint.py"},
    "telegram": {"bot/telegram_"},
    "discord": {"bot/discord_"},
    "sqlite_utils": {"storage/"},
    "sqlite3": {"storage/"},
    "pysqlite3": {"storage/"},
    "typer": {"bot/"},
    "rich": {"bot/"},
    "pydantic_settings": {"bot/settings.py"},
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"))


def module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {module(name): name for name in NAMES}


def imports(name: str) -> Iterator[str]:
    """Every module that a file imports, wherever in it: in functions and for types alone too."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively"
            base = node.module or ""
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in MODULES else base
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


def functions(name: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(name)) if isinstance(node, FUNCTIONS))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) and first.end_lineno:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def depth(node: ast.AST) -> int:
    """How deep blocks are nested; an elif counts as its if."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        adds = isinstance(child, BLOCKS) and not (is_elif and len(node.orelse) == 1)
        if not isinstance(child, FUNCTIONS):
            deepest = max(deepest, adds + depth(child))
    return deepest


@pytest.mark.parametrize("name", NAMES)
def test_imports_run_down_the_house_only(name: str):
    floor = FLOORS.index(name.partition("/")[0])
    above = [target for target in imports(name) if target.partition(".")[0] in FLOORS[:floor]]
    assert above == []


def test_no_two_files_import_each_other_around_any_circle():
    graph = {
        own: {target for target in imports(name) if target in MODULES and target != own}
        for own, name in MODULES.items()
    }
    while free := [own for own, targets in graph.items() if not targets & graph.keys()]:
        for own in free:
            del graph[own]
    assert graph == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_library_stays_in_its_room(name: str):
    for target in imports(name):
        rooms = FENCED.get(target.partition(".")[0])
        assert rooms is None or any(name.startswith(room) for room in rooms), target


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("storage/")])
def test_there_is_no_sql_above_storage(name: str):
    texts = (node.value for node in ast.walk(tree(name)) if isinstance(node, ast.Constant))
    assert [text for text in texts if isinstance(text, str) and SQL.match(text)] == []


def raises_again(node: ast.ExceptHandler) -> bool:
    """Whether it only tidies up and lets what it caught go on."""
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_the_house_has_one_catch_all_and_it_is_in_dispatch():
    found = []
    for name in NAMES:
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.ExceptHandler) and not raises_again(node):
                caught = ast.unparse(node.type) if node.type else "everything"
                if re.search(r"\b(Exception|BaseException|everything)\b", caught):
                    found.append(name)
    assert found == ["handlers/dispatch.py"]


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_short_and_shallow(name: str):
    long = {each.name: length(each) for each in functions(name) if length(each) > LONGEST}
    deep = {each.name: depth(each) for each in functions(name) if depth(each) > DEEPEST}
    assert (long, deep) == ({}, {})


@pytest.mark.parametrize("name", NAMES)
def test_every_module_says_in_a_sentence_what_it_is_for(name: str):
    said = ast.get_docstring(tree(name)) or ""
    assert said
    assert said.partition("\n\n")[0].rstrip().endswith((".", "?", "!"))


@pytest.mark.parametrize("name", NAMES)
def test_the_house_prints_nothing_of_its_workshop(name: str):
    assert not re.search(r"/work/|/tmp/|\bTODO\b|\bFIXME\b", (ROOT / name).read_text("utf-8"))


def defined(name: str) -> Iterator[str]:
    for node in tree(name).body:
        if isinstance(node, (ast.ClassDef, *FUNCTIONS)):
            yield node.name
        elif isinstance(node, ast.Assign):
            names = (each for target in node.targets for each in ast.walk(target))
            yield from (each.id for each in names if isinstance(each, ast.Name))


def test_a_phrase_stands_in_one_room_only_and_is_said_by_the_whole():
    rooms = [name for name in NAMES if name.startswith("handlers/phrases/")]
    said = [each for name in rooms for each in defined(name) if not each.startswith("_")]
    assert [each for each in said if said.count(each) > 1] == []
    assert set(said) <= vars(phrases).keys()
