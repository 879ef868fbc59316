"""``kb eval`` and ``kb train``: figures and model come from their own rooms."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kb
from kb.cli.opened import asked, settings
from kb.cli.tag import tag_line
from kb.cli.terminal import Terminal
from kb.config import Settings
from kb.errors import ModelError, QueryError

if TYPE_CHECKING:
    from kb.lab.scoring_search import CorrectionFigures

Json = dict[str, Any]
SEARCH_SETS = ("relevance.jsonl", "typed.jsonl", "asked.jsonl", "misspelt.jsonl")
"""What ``kb eval search`` measures where no file is named."""


def _root() -> Path:
    return Path(kb.__file__).resolve().parent.parent


def _files(names: Sequence[str]) -> list[Path]:
    paths = [Path(n) for n in names]
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(path.glob("*.jsonl"))
        elif path.is_file():
            found.append(path)
        else:
            raise QueryError(f"There is no file '{path}'; name a gold file.")
    return found


def evaluate(a: argparse.Namespace, t: Terminal) -> int:
    """``kb eval``."""
    if a.what == "search":
        return _search(a, t)
    if a.what == "questions":
        return _questions(a, t)
    gold = _gold(_files(a.files))
    if a.what in ("claims", "pairs"):
        return _claims(gold, t) if a.what == "claims" else _pairs(gold, t)
    predicted = _tagged(gold, settings(a), t)
    module = import_module(f"kb.lab.scoring_{a.what}")
    compare: Callable[[Sequence[Json], Sequence[Json]], Any]
    compare = getattr(module, f"evaluate_{a.what}")
    report = compare(gold, predicted)
    if t.as_json:
        t.value({"articles": len(gold), **report.as_dict()})
    else:
        t.say(f"{len(gold)} articles")
        t.out.write(report.table() + "\n")
    return 0


def _claims(gold: Sequence[Json], t: Terminal) -> int:
    """Claims of gold texts (``evaluation/claims``)."""
    from kb.lab.scoring_claims import evaluate_claims
    from kb.model import Claim, TagContext
    from kb.nlp import load_tagger

    tagger = load_tagger()
    found: list[Sequence[Claim]] = []
    with t.bar("tagging") as bar:
        for number, row in enumerate(gold, 1):
            context = TagContext(row.get("title"), row.get("date"), doc_type="artikel")
            found.append(tagger.tag(row["text"], context).claims)
            bar.show(number, len(gold))
    report = evaluate_claims(gold, found)
    if t.as_json:
        t.value({"texts": len(gold), **report.as_dict()})
    else:
        t.say(f"{len(gold)} texts")
        t.out.write(report.table() + "\n")
    return 0


def _pairs(gold: Sequence[Json], t: Terminal) -> int:
    """Pairings of claims with printed numbers (``evaluation/claims/pairs_*``)."""
    from kb.lab.scoring_pairs import evaluate_pairs

    report = evaluate_pairs(gold, [pairs_of(row) for row in gold])
    if t.as_json:
        t.value(report.as_dict())
    else:
        t.out.write(report.table() + "\n")
    return 0


def pairs_of(row: Json) -> dict[str, str]:
    """Agreement by indicator id of one gold statement: what the explorer would show."""
    from kb.catalog.reading.claims import ClaimKey
    from kb.catalog.reading.indicators import IndicatorNumber
    from kb.describe.indicator_names import indicator_norm
    from kb.explore.pairing import pairs
    from kb.nlp.regions import region_code

    said, ids = row["claim"], [one["id"] for one in row["indicators"]]
    period = said["period"]
    claim = ClaimKey(
        id=0, document_id=0, subject=said["subject"], value_text=said["value"],
        number=said["number"], unit=said["unit"], kind=said["kind"], period=period,
        year=int(period[:4]) if period else None, period_origin="stated",
        region_code=region_code(said["region"]), date=row["date"], text=row["text"],
    )  # fmt: skip
    numbers = [
        IndicatorNumber(
            id=at, document_id=1, page=1, name=one["name"],
            norm=indicator_norm(one["name"], one["region"]), unit=one["unit"],
            kind="target" if one["kind"] == "target" else "realisation", year=one["year"],
            value=one["value"], value_text=f"{one['value']:.10g}", agency=one["institution"],
            table_position=None, row=None, quarter=None, title=one["document"], doc_type=None,
            date=None, stage=None, institution=one["institution"], region=one["region"],
            page_label=None,
        )
        for at, one in enumerate(row["indicators"])
    ]  # fmt: skip
    return {ids[pair.number.id]: pair.agreement for pair in pairs(claim, numbers)}


def _questions(a: argparse.Namespace, t: Terminal) -> int:
    """Questions as people ask them, asked of the base at ``--home``."""
    from kb.cli import shapes
    from kb.lab.scoring_questions import score

    file = Path(a.files[0]) if a.files else _root() / "evaluation" / "questions" / "asked.toml"
    if not file.is_file():
        raise QueryError(f"There is no file '{file}'; name a list of questions.")
    held = {"all": None, "open": False, "held": True}[a.part]

    def all_of_them(base: Any) -> Any:
        def answered(question: str) -> Json | None:
            found = base.search(question, limit=1, entities=0, facet_limit=1).answer
            return shapes.answer(found) if found else None

        return score(file, answered, held=held)

    found = asked(a, t, all_of_them)
    if t.as_json:
        t.value(
            {
                "asked": found.asked,
                "answerable": found.answerable,
                "answered": found.answered,
                "right": found.right,
                "precision": round(found.precision, 4),
                "recall": round(found.recall, 4),
                "wrong": [{"question": q, "answer": text} for q, text in found.wrong],
                "missed": found.missed,
            }
        )
        return 0
    t.say(
        f"{found.asked} questions, {found.answerable} answerable, {found.answered} answered, "
        f"{found.right} rightly: precision {found.precision:.3f}, recall {found.recall:.3f}"
    )
    for question, text in found.wrong:
        t.say(f"wrong: {question}: {text}")
    for question in found.missed:
        t.say(f"missed: {question}")
    return 0


def _gold(paths: Sequence[Path]) -> list[Json]:
    """Objects of the tagging guide, each with an id of its own."""
    rows: list[Json] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                said = json.loads(line)
                said = {**said, "text": str(said["text"])}
            except (ValueError, KeyError, TypeError):
                raise QueryError(
                    f"{path.name}, line {number} is not an object of the tagging guide; "
                    "correct the file."
                ) from None
            rows.append({**said, "id": f"{path.name}:{said.get('id', number)}"})
    if not rows:
        raise QueryError("The gold files are empty; name others.")
    return rows


def _tagged(gold: Sequence[Json], where: Settings, t: Terminal) -> list[Json]:
    found: list[Json] = []
    with t.bar("tagging") as bar:
        for number, row in enumerate(gold, 1):
            given = {k: row.get(k) for k in ("id", "title", "text", "date", "source")}
            tagged = tag_line(where.region, json.dumps(given).encode(), where.tagger)
            if tagged is not None and "error" in tagged:
                raise QueryError(f"{tagged['id']} could not be tagged ({tagged['error']}).")
            if tagged is not None:
                found.append(tagged)
            bar.show(number, len(gold))
    return found


def _search(a: argparse.Namespace, t: Terminal) -> int:
    """Relevance sets (.jsonl) over the base, FacQA files (.csv) over an index of their own."""
    from dataclasses import asdict

    from kb.lab import scoring_search as measure

    folder = _root() / "evaluation" / "search"
    names = a.files or [str(folder / name) for name in SEARCH_SETS]
    paths = _files(names)
    tables = [p for p in paths if p.suffix.lower() == ".csv"]
    spelt = [p for p in paths if p not in tables and measure.is_misspelt_set(p)]
    corrections = {path.name: asked(a, t, _corrections(path)) for path in spelt}
    figures: dict[str, measure.SearchFigures] = {}
    for path in paths:
        if path in tables or path in spelt:
            continue

        def question(base: kb.KnowledgeBase, path: Path = path) -> measure.SearchFigures:
            def ask(query: str) -> list[tuple[str, int]]:
                found = base.search(
                    query,
                    limit=measure.CUT,
                    entities=0,
                    facet_limit=1,
                    meaning=not a.no_meaning,
                )
                return [(h.path, h.page) for h in found.hits]

            return measure.measure_relevance(path, ask)

        figures[path.name] = asked(a, t, question)
    if tables:
        name = ", ".join(p.name for p in tables)
        figures[name] = measure.measure_facqa(
            tables, settings(a).engine, meaning=settings(a).meaning and not a.no_meaning
        )
    if t.as_json:
        found = {name: asdict(f) for name, f in figures.items()}
        t.value(found | {name: asdict(c) for name, c in corrections.items()})
        return 0
    if figures:
        t.table(
            ("set", "queries", "MRR@10", "nDCG@10", "first", "recall@10"),
            [
                (name, f.queries, f.mrr, f.ndcg, f.success_at_1, f.recall_at_10)
                for name, f in figures.items()
            ],
        )
    for f in figures.values():
        for query in f.missed[:20]:
            t.say(f"missed: {query}", 2)
    if corrections:
        t.table(
            ("set", "queries", "right", "senseless"),
            [(name, c.queries, c.right, c.senseless) for name, c in corrections.items()],
        )
    for c in corrections.values():
        for line in c.wrong[:20]:
            t.say(f"not right: {line}", 2)
    return 0


def _corrections(path: Path) -> Callable[[kb.KnowledgeBase], CorrectionFigures]:
    """What "maksud Anda" of a base offers for a set of misspellings."""
    from kb.lab import scoring_search as measure

    def question(base: kb.KnowledgeBase) -> CorrectionFigures:
        return measure.measure_corrections(
            path, lambda query: base.search(query, limit=1, entities=0, facet_limit=1).suggestion
        )

    return question


def train(a: argparse.Namespace, t: Terminal) -> int:
    """``kb train``."""
    corpora = Path(a.corpora) if a.corpora else None
    if corpora is not None and not corpora.is_dir():
        raise QueryError(f"There is no folder '{corpora}'; name one with CoNLL files.")
    gold = Path(a.gold) if a.gold else None
    if gold is not None and (not gold.is_file() or a.part != "crf"):
        raise QueryError(
            "--with needs a file of 'kb corrections gold', and the name model (--part crf)."
        )
    path = _made(a.part, corpora, Path(a.to) if a.to else None, gold, t)
    if t.as_json:
        t.value({"model": str(path), "bytes": path.stat().st_size})
    else:
        t.say(f"{path} ({path.stat().st_size:,} bytes)")
    return 0


def _made(part: str, corpora: Path | None, to: Path | None, gold: Path | None, t: Terminal) -> Path:
    if part == "crf":
        from kb.lab.corpora import read_gold_file
        from kb.lab.training import train as run
        from kb.nlp.names import MODEL_DIR

        taught = read_gold_file(gold) if gold is not None else []
        return run(corpora, to or MODEL_DIR, taught=taught, progress=t.note)
    if part == "speakers":
        from kb.lab.speakers import train as learn

        path, trial = learn(to)
        t.note(str(trial))
        return path
    try:
        from kb.lab.encoder import make
    except ModuleNotFoundError as error:
        raise ModelError(
            f"'{error.name}' is missing; install the extra `train` to make the encoder."
        ) from None
    if part == "encoder":
        return make.make(to, t.note)
    return make.make_names(corpora, to, progress=t.note)
