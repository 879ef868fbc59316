"""What each tuned number of a module is worth: the search figures with it halved and doubled.

    python benchmarks/tuned.py --home index kb.search.ranking [NAME ...]
    python benchmarks/tuned.py --home index kb.search.correcting

The figures are those of ``kb eval search`` over the sample base: MRR@10 of ``relevance``, ``typed``
and ``asked``, and the share of ``misspelt`` queries that are corrected rightly, in hundredths.
``--times`` names other factors (0 leaves the number out).
The base must be of this very program: a changed module asks for ``kb rebuild`` first.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.explore import open_kb  # noqa: E402
from kb.lab import scoring_search as measure  # noqa: E402

SETS = ROOT / "evaluation" / "search"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("module")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--home", default="index")
    parser.add_argument("--times", nargs="*", type=float, default=(0.0, 0.5, 2.0))
    a = parser.parse_args()
    module = importlib.import_module(a.module)
    names = a.names or tuned(module)
    usual = figures(a.home)
    print(f"as it is: {shown(usual)}", flush=True)
    for name in names:
        value = getattr(module, name)
        for times in a.times:
            with_value(module, name, value * times)
            found = figures(a.home)
            change = ", ".join(
                f"{key} {100 * (found[key] - usual[key]):+.1f}"
                for key in usual
                if abs(found[key] - usual[key]) >= 0.0005
            )
            print(f"{name} {value:g} -> {value * times:g}: {change or 'no change'}", flush=True)
        with_value(module, name, value)


def tuned(module: ModuleType) -> list[str]:
    """The names of the module's own numbers with a fraction or a unit of score."""
    body = ast.parse(inspect.getsource(module)).body
    return [
        node.targets[0].id
        for node in body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and type(node.value.value) is float
    ]


def with_value(module: ModuleType, name: str, value: float) -> None:
    """Set the number where it stands and wherever the room imported it by its name."""
    old = getattr(module, name)
    room = ".".join(module.__name__.split(".")[:2])
    for one in tuple(sys.modules.values()):
        if getattr(one, "__name__", "").startswith(room) and vars(one).get(name) == old:
            setattr(one, name, value)


def figures(home: str) -> dict[str, float]:
    found: dict[str, float] = {}
    with open_kb(home) as base:  # a new one each time: what it keeps is of the old number

        def ask(query: str) -> list[tuple[str, int]]:
            result = base.search(query, limit=measure.CUT, entities=0, facet_limit=1)
            return [(hit.path, hit.page) for hit in result.hits]

        for name in ("relevance", "typed", "asked"):
            found[name] = measure.measure_relevance(SETS / f"{name}.jsonl", ask).mrr
        found["misspelt"] = measure.measure_corrections(
            SETS / "misspelt.jsonl",
            lambda query: base.search(query, limit=1, entities=0, facet_limit=1).suggestion,
        ).right
    return found


def shown(found: dict[str, float]) -> str:
    return ", ".join(f"{key} {100 * value:.1f}" for key, value in found.items())


if __name__ == "__main__":
    main()
