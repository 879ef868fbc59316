"""The laws of the house (docs/architecture.md), checked on the syntax trees."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KB = ROOT / "kb"
MAXIMUM_LINES = 400

GROUND = {
    "clock",
    "model",
    "evidence",
    "errors",
    "config",
    "access",
    "disk",
    "stamp",
    "pipe",
    "sandbox",
    "tries",
    "depot",
}
STAGES = {"readers", "describe", "nlp", "search", "catalog"}
# Room -> rooms it may import besides itself and the ground.
MAY_IMPORT: dict[str, set[str]] = {
    "clock": set(),
    "model": set(),
    "evidence": set(),
    "errors": set(),
    "config": set(),
    "access": set(),
    "stamp": set(),
    "disk": set(),
    "pipe": set(),
    "sandbox": set(),
    "tries": set(),
    "depot": set(),
    "authority": set(),
    "encoder": set(),
    **{stage: {"authority"} for stage in STAGES},
    "nlp": {"authority", "encoder"},
    "search": {"authority", "encoder"},
    "ingest": STAGES | {"authority"},
    "explore": STAGES | {"authority"},
    "sources": STAGES | {"authority", "ingest"},
    "alerts": STAGES | {"authority", "explore", "sources"},
    "staff": STAGES | {"authority", "ingest", "explore"},
    "queue": STAGES | {"authority", "ingest"},
    "web": STAGES | {"authority", "ingest", "explore", "staff", "sources", "alerts", "queue"},
    "api": {"explore"},
    "server": STAGES
    | {"authority", "ingest", "explore", "staff", "web", "api", "sources", "alerts", "queue"},
    "cli": STAGES
    | {"authority", "ingest", "explore", "staff", "server", "api", "lab", "sources", "alerts"}
    | {"queue"},
    # The workshop: nothing that serves a user imports it, but for the commands that measure.
    "lab": STAGES | {"authority", "encoder"},
    "__init__": {"ingest", "explore", "nlp"},
    "__main__": {"cli"},
}
# Library -> files (relative to kb/, a prefix) that alone may import it.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "streamlit": ("web/", "server/"),
    "uvicorn": ("server/",),
    "starlette": ("server/", "api/"),
    "fastapi": ("api/",),
    "mcp": ("api/", "server/routes.py"),
    "feedgen": ("api/",),
    "whoosh": ("search/engines/whoosh/", "search/query.py"),
    "tantivy": ("search/engines/tantivy/",),
    "opensearchpy": ("search/engines/opensearch/",),
    "spacy": ("nlp/", "lab/"),
    "pycrfsuite": ("nlp/", "lab/"),
    "onnxruntime": ("encoder/",),
    "numkong": ("search/meaning/",),
    "tokenizers": ("encoder/", "lab/"),
    "torch": ("lab/",),
    "onnx": ("lab/",),
    "pypdf": ("readers/pdf.py", "readers/pdf/"),
    "pypdfium2": ("readers/pdf.py", "readers/pdf/"),
    "pdfplumber": ("readers/pdf.py", "readers/pdf/"),
    "sqlalchemy": ("catalog/", "ingest/"),
    "httpx": ("sources/", "alerts/hook.py"),
    "httpcore": ("sources/",),
    "protego": ("sources/",),
    "feedparser": ("sources/",),
    "courlan": ("sources/",),
    "warcio": ("sources/",),
    "psycopg": ("catalog/postgres.py",),
    "procrastinate": ("queue/jobs.py", "queue/working.py"),
    "fsspec": ("depot.py",),
    "reportlab": ("staff/dossier/",),
}
MAXIMUM_BYTES = 2 * 1024 * 1024
# Folders whose files may be larger: what was learnt, at most 60 MB in all.
WEIGHTS = ("kb/encoder/model/", "kb/nlp/model/")
MAXIMUM_WEIGHTS = 60_000_000
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

FILES = sorted(KB.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    found: list[str] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.append(node.module)
            if node.module == "kb":
                found += (f"kb.{alias.name}" for alias in node.names)
    return tuple(found)


def where(path: Path) -> str:
    return path.relative_to(KB).as_posix()


def room_of(path: Path) -> str:
    first = path.relative_to(KB).parts[0]
    return first.removesuffix(".py")


# One test a law, not one a file: its message names all that break it, in a tenth of the time.


def test_imports_point_one_way() -> None:
    rooms = {p.stem if p.is_file() else p.name for p in KB.iterdir()}
    assert not {room_of(p) for p in FILES} - set(MAY_IMPORT), "rooms the laws do not know"
    wrong = [
        f"{where(path)} may not import {name}"
        for path in FILES
        for name in imports(path)
        for parts in [name.split(".")]
        if parts[0] == "kb" and len(parts) > 1 and parts[1] in rooms
        and parts[1] not in MAY_IMPORT[room_of(path)] | GROUND | {room_of(path)}
    ]  # fmt: skip
    assert not wrong


def test_libraries_stay_in_their_rooms() -> None:
    wrong = [
        f"{where(path)} may not import {name}: only {homes} may"
        for path in FILES
        for name in imports(path)
        for homes in [ONLY_IN.get(name.split(".")[0])]
        if homes is not None and not where(path).startswith(homes)
    ]
    assert not wrong


def test_rooms_are_small_and_well_named() -> None:
    lines = {where(p): len(p.read_text(encoding="utf-8").splitlines()) for p in FILES}
    long = {name: count for name, count in lines.items() if count > MAXIMUM_LINES}
    assert not long, "split it by what it knows"
    assert not [where(p) for p in FILES if p.stem in BANNED_NAMES]


READ_THE_CATALOG = {"explore", "staff", "ingest", "sources", "web", "server"}


def untyped(module: ast.AST) -> Iterator[str]:
    """Where a row of the database is read by a key that mypy cannot check."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in {"_mapping", "mappings"}:
            yield f"line {node.lineno}: .{node.attr}"
        elif isinstance(node, ast.ImportFrom) and any(a.name == "RowMapping" for a in node.names):
            yield f"line {node.lineno}: RowMapping"
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
            and ast.unparse(node.value).rstrip("s").rsplit(".", 1)[-1] in {"row", "r", "line"}
        ):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def test_one_place_knows_which_database_it_is() -> None:
    """A step of the migrations is never edited, and holds its own SQL."""
    asking = {
        str(path.relative_to(KB))
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr == "name"
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "dialect"
    }
    assert asking == {"catalog/dialect.py", "catalog/steps.py"}


# What ``sources/kinds`` calls a row is one of a site's own list.
TYPED = [p for p in FILES if room_of(p) in READ_THE_CATALOG and p.parent.name != "kinds"]


def test_rows_come_out_of_the_catalog_with_types() -> None:
    assert not [f"{where(path)}, {line}" for path in TYPED for line in untyped(tree(path))]


def test_an_untyped_row_is_seen() -> None:
    for wrong in ('row["title"]', "found.mappings()", "row._mapping", "rows[3]"):
        assert bool(list(untyped(ast.parse(wrong)))) == (wrong != "rows[3]"), wrong


TUNED = {"nlp", "search", "describe", "readers", "catalog", "explore", "encoder"}
REASON = re.compile(
    r"`[^`]*\b(?:kb eval|python)\b[^`]*`|set by hand|measured|docs/model\.md|"
    r"[A-Z]\w+ (?:& [A-Z]\w+ )?(?:et al\. )?(?:19|20)\d\d|tests/\w+",
    re.IGNORECASE,
)
"""The command that measured it, what it was measured on, a paper, or that nobody measured it."""
NO_THRESHOLD = re.compile(r"SECONDS|FACTOR|INCHES|^_FLOOR$|^_NEVER$|MAX_|PAUSES|DELAY")
"""Times, units and bounds: no share, weight or limit that was chosen among others."""


def tuned(path: Path) -> Iterator[tuple[str, str]]:
    """The module's numbers with a fraction, and what stands below them."""
    body = tree(path).body
    for node, following in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign) or isinstance(node.value, (ast.Call, ast.ListComp)):
            continue
        if any(isinstance(one, ast.Constant) and type(one.value) is float
               for one in ast.walk(node.value)):  # fmt: skip
            told = isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
            words = " ".join(following.value.value.split()) if told else ""  # type: ignore[union-attr]
            yield ast.unparse(node.targets[0]), words


def test_a_tuned_number_says_what_it_rests_on() -> None:
    silent = [
        f"{where(path)}: {name}"
        for path in FILES
        if room_of(path) in TUNED
        for name, words in tuned(path)
        if not NO_THRESHOLD.search(name) and not REASON.search(words)
    ]
    assert not silent, "name the command that measured it, or say that none did"


def test_app_only_navigates() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) < 60


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def test_tracked_files_are_small_and_name_no_registry_or_machine() -> None:
    files = tracked()
    if not files:
        pytest.skip("not a git checkout")
    hosts = [f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs")] + ["deb.debian" + ".org"]
    paths = ["/work" + "/main", "/root" + "/"]
    weights = [p for p in files if p.relative_to(ROOT).as_posix().startswith(WEIGHTS)]
    assert sum(p.stat().st_size for p in weights) <= MAXIMUM_WEIGHTS
    for path in files:
        large = path.stat().st_size > MAXIMUM_BYTES
        assert not large or path in weights, f"{path.name} is over 2 MiB"
        content = path.read_bytes()
        if b"\0" in content:
            continue
        text = content.decode("utf-8", errors="replace")
        for word in hosts + paths:
            assert word not in text, f"{path.relative_to(ROOT)} names {word}"


def test_tests_share_material_not_each_other() -> None:
    # Test files of several rooms have one name; without a package the first would be found.
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert not (node.module or "").startswith("test_"), path


# Rooms that import each other only inside functions or for their types, and are one subject.
KNOWN_CIRCLES = [
    {"kb.explore.base", "kb.explore.export", "kb.explore.tables"},
    {"kb.lab.templates.cast", "kb.lab.templates.offices"},
    {"kb.readers.pdf.document", "kb.readers.pdf.render"},
]


def circles() -> list[set[str]]:
    """Groups of modules that import each other, also inside functions and for types."""
    modules = {
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
        for p in FILES
    }
    graph = {
        name: {i for i in imports(path) if i in modules and i != name}
        for name, path in modules.items()
    }
    # A package's door (kb/explore/__init__.py) is opened by whoever is inside: no circle.
    doors = {name for name, path in modules.items() if path.name == "__init__.py"}
    reach: dict[str, set[str]] = {}
    for start in graph:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for further in graph[waiting.pop()] - seen - doors:
                seen.add(further)
                waiting.append(further)
        reach[start] = seen
    found: list[set[str]] = []
    for name in graph:
        if name in reach[name]:
            group = {other for other in reach[name] if name in reach[other]}
            if group not in found:
                found.append(group)
    return found


def test_no_new_circles() -> None:
    assert all(any(group <= known for known in KNOWN_CIRCLES) for group in circles()), circles()
