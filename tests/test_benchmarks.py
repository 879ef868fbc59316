"""Benchmarks and tools name what is there: nobody runs all of them at every change."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted(p for folder in ("benchmarks", "tools") for p in (ROOT / folder).rglob("*.py"))


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module, alias.name) for alias in node.names)


def names_in(file: Path) -> set[str]:
    """What a module of ours defines or imports at its top."""
    names: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        else:
            stored = (n for n in ast.walk(node) if isinstance(n, ast.Name))
            names |= {n.id for n in stored if isinstance(n.ctx, ast.Store)}
    return names


def ours(module: str) -> Path | None:
    """The file of a module of ``benchmarks`` or ``tools``."""
    path = Path(*module.split("."))
    places = (ROOT / "benchmarks", ROOT / "tools")
    files = (p for at in places for p in (at / path.with_suffix(".py"), at / path / "__init__.py"))
    return next((file for file in files if file.exists()), None)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_script_imports_exists(script: Path) -> None:
    for module, name in imported(ast.parse(script.read_text(encoding="utf-8"))):
        file = ours(module)
        if file is not None:
            within = file.name == "__init__.py" and (file.parent / f"{name}.py").exists()
            assert within or name in names_in(file), f"{module} has no {name}"
        elif module.partition(".")[0] == "kb":
            found = importlib.import_module(module)
            if not hasattr(found, name):
                importlib.import_module(f"{module}.{name}")
