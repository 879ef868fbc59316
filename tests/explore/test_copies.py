"""A document whose file is not on this machine: the copy that the workers read."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from kb import depot
from kb.catalog import Catalog
from kb.catalog.schema import runs
from kb.catalog.writes_handed import Handing, hand_over
from kb.config import Settings
from kb.disk import content_hash
from kb.explore import KnowledgeBase
from kb.ingest import ingest

SAMPLE = Path(__file__).parents[2] / "sample_docs" / "dokumen" / "iku-2022-2026.pdf"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The home of a base of one PDF, and where the PDF was when it was read."""
    folder = tmp_path_factory.mktemp("masuk")
    file = folder / "laporan.pdf"
    shutil.copy(SAMPLE, file)
    home = tmp_path_factory.mktemp("base") / "index"
    ingest(Settings(home, tagger="fast"), [folder])
    file.unlink()
    return home, file


@pytest.fixture(params=["{}/asal", "file://{}/asal"])
def away(
    request: pytest.FixtureRequest, read: tuple[Path, Path], tmp_path: Path
) -> tuple[Settings, Path]:
    """That base, and the copy it has of the PDF."""
    home, path = read
    shutil.copytree(home, tmp_path / "index")
    settings = Settings(tmp_path / "index", originals=str(request.param).format(tmp_path))
    return settings, tmp_path / "asal" / handed_over(settings, path, SAMPLE.read_bytes())


def handed_over(settings: Settings, path: Path, content: bytes) -> str:
    """Hands a file over that is gone afterwards; the name of its copy."""
    path.write_bytes(content)
    sha = content_hash(path)
    copy = depot.keep(settings, path, sha)
    path.unlink()
    opened = contextlib.closing(Catalog.open(settings, write=True))
    with opened as catalog, catalog.write() as connection:
        run = connection.execute(select(runs.c.id)).scalar_one()
        handing = Handing(str(path), sha, len(content), 1, 1, 1, copy)
        hand_over(connection, [handing], run, now="2026-01-01")
    return copy


def test_it_is_saved_and_drawn_from_its_copy(
    away: tuple[Settings, Path], open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    settings, _ = away
    base = open_base(settings)
    (line,) = base.documents()[1]
    assert base.document(line.document_id).has_file
    for _ in range(2):
        file = base.document_file(line.document_id)
        assert file is not None
        assert (file.name, file.read_bytes()) == ("laporan.pdf", SAMPLE.read_bytes())
    picture = base.page_image(line.document_id, 1)
    assert picture is not None
    assert picture.png.startswith(b"\x89PNG")


def test_a_copy_out_of_reach_is_no_file(
    away: tuple[Settings, Path], open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    settings, copy = away
    copy.unlink()
    base = open_base(settings)
    (line,) = base.documents()[1]
    assert base.document_file(line.document_id) is None
    picture = base.page_image(line.document_id, 1)
    assert picture is not None
    assert picture.problem == "gone"


def test_the_copy_of_a_newer_file_is_not_shown(
    away: tuple[Settings, Path],
    read: tuple[Path, Path],
    open_base: Callable[[Settings], KnowledgeBase],
) -> None:
    settings, _ = away
    handed_over(settings, read[1], b"%PDF-1.4 lain")
    base = open_base(settings)
    (line,) = base.documents()[1]
    assert not base.document(line.document_id).has_file
    assert base.document_file(line.document_id) is None
