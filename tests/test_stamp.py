"""Stamps notice what a stage runs on, and nothing else."""

from __future__ import annotations

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb import describe, nlp, readers, stamp
from kb.nlp.pipeline import ENCODER_DATA

WATCH = """
import json, os, sys
from pathlib import Path
import kb
root = os.path.dirname(os.path.abspath(kb.__file__)) + os.sep
opened = set()

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        path = os.path.abspath(os.fspath(arguments[0]))
        if path.startswith(root) and not path.endswith((".py", ".pyc")):
            opened.add(path[len(root):].replace(os.sep, "/"))

sys.addaudithook(watch)
stage, samples = sys.argv[1], Path(sys.argv[2])
from kb.model import TagContext
if stage == "nlp":
    from kb import nlp
    import kb.nlp.linking.stored
    tagger = nlp.load_tagger()
    for path in sorted(samples.rglob("*.txt"))[:12]:
        tagger.tag(path.read_text(encoding="utf-8"), TagContext(region="36"))
    plan = "Kendaraan Dinas Operasional (DPA), Lembaga Kemasyarakatan, Jembatan Beton"
    tagger.tag(plan, TagContext(region="36", doc_type="renja"))
else:
    from kb import describe, readers
    for path in sorted(samples.rglob("*")):
        if path.is_file() and path.suffix not in (".png", ".toml"):
            for source in readers.read(path, readers.ReadOptions()):
                told = describe.describe(source)
                for found in describe.extract_indicators(source, told):
                    describe.indicator_norm(found.indicator, told.region and told.region.value)
modules = sorted(m for m in sys.modules if m.startswith("kb."))
print(json.dumps([sorted(opened), modules]))
"""
# Opened by libraries in languages of their own, unseen by the watch.
UNSEEN = {"encoder/model/names.onnx", "encoder/model/pieces.json"}
STAGES = {
    "describe": {"kb.readers", "kb.describe"},
    "nlp": {"kb.nlp"},
}


def data_of(*rooms: str) -> set[str]:
    patterns = [p for room in rooms for p in importlib.import_module(room).DATA]
    return {path.relative_to(stamp._ROOT).as_posix() for path in stamp.data(patterns)}


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_the_data_named_is_the_data_read(stage: str, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, stage, str(root / "sample_docs")],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    opened, loaded = json.loads(done.stdout.splitlines()[-1])
    named = data_of(*STAGES[stage])
    if stage == "nlp":
        named |= {path.relative_to(stamp._ROOT).as_posix() for path in stamp.data(ENCODER_DATA)}
    assert set(opened) == named - UNSEEN
    # Nothing of another stage was needed, so nothing of it can change what comes out.
    needed = {name.split(".")[1] for name in loaded}
    assert not needed & {"search", "catalog", "explore", "ingest", "web", "cli", "lab"}


CHANGES = {
    "a word list": ("authority/words/generic.txt", b"Sungguh Baru\n", True),
    "authority data": ("authority/cues.toml", b"# source\n", True),
    "a rule": ("nlp/rules/persons.py", b"NEW = 1\n", True),
    "a remark in a rule": ("nlp/rules/persons.py", b"# why\n", False),
    "the model": ("nlp/model/names.crfsuite.gz", b"x", True),
    "the encoder": ("encoder/model/names.onnx", b"x", True),
    "the encoder's code": ("encoder/session.py", b"NEW = 1\n", True),
    "the encoder for search": ("encoder/model/retrieval.onnx", b"x", False),
    "a scorer": ("lab/scoring_tags.py", b"NEW = 1\n", False),
    "the generator's own list": ("lab/templates/data/words.txt", b"Baru\n", False),
    "data of another stage": ("authority/portal.toml", b"# source\n", False),
    "a page of the app": ("web/pages/cari.py", b"NEW = 1\n", False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_tagger_notices_what_it_runs_on(
    change: str, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "kb", tmp_path / "kb", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(stamp, "_ROOT", tmp_path / "kb")
    nlp.stamp.cache_clear()
    before = nlp.stamp()
    name, more, noticed = CHANGES[change]
    with (tmp_path / "kb" / name).open("ab") as file:
        file.write(more)
    nlp.stamp.cache_clear()
    assert (nlp.stamp() != before) is noticed
    nlp.stamp.cache_clear()


def test_readers_and_describe_notice_their_own(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "kb", tmp_path / "kb", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(stamp, "_ROOT", tmp_path / "kb")

    def stamps() -> list[str]:
        for room in (readers, describe, nlp):
            room.stamp.cache_clear()
        return [readers.stamp(), describe.stamp(), nlp.stamp()]

    first = stamps()
    (tmp_path / "kb/authority/doctypes.toml").write_bytes(b"")
    second = stamps()
    assert [a == b for a, b in zip(first, second, strict=True)] == [True, False, True]
    with (tmp_path / "kb/readers/pdf/grid.py").open("a", encoding="utf-8") as file:
        file.write("NEW = 1\n")
    third = stamps()
    assert [a == b for a, b in zip(second, third, strict=True)] == [False, True, True]
    for room in (readers, describe, nlp):
        room.stamp.cache_clear()
