"""Copies at a place that all machines reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import depot
from kb.config import Settings
from kb.disk import content_hash
from kb.errors import ConfigError, ReadError


@pytest.fixture(params=["{}/asal", "file://{}/asal"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", originals=str(request.param).format(tmp_path))


def test_a_copy_comes_back_as_it_was(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "Laporan 2024?.pdf"
    file.write_bytes(b"%PDF isi")
    sha = content_hash(file)
    name = depot.keep(settings, file, sha)
    assert name == depot.keep(settings, file, sha) == f"titipan/{sha[:2]}/{sha}/Laporan 2024_.pdf"
    kept = [path for path in (tmp_path / "asal").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == ["Laporan 2024_.pdf"]
    file.unlink()
    with depot.fetched(settings, name, sha) as path:
        assert path.read_bytes() == b"%PDF isi"
    kept[0].unlink()
    with pytest.raises(ReadError), depot.fetched(settings, name, sha):
        pass


def test_what_lies_there_already_is_not_copied(tmp_path: Path) -> None:
    there = Settings(home=tmp_path, originals=str(tmp_path / "asal"))
    assert depot.below(there, tmp_path / "asal" / "a.pdf")
    assert not depot.below(there, tmp_path / "lain" / "a.pdf")


def test_other_bytes_under_the_name_are_refused(tmp_path: Path) -> None:
    there = Settings(home=tmp_path / "home", originals=f"file://{tmp_path}/asal")
    file = tmp_path / "a.txt"
    file.write_text("isi", encoding="utf-8")
    sha = content_hash(file)
    name = depot.keep(there, file, sha)
    (tmp_path / "asal" / name).write_text("lain", encoding="utf-8")
    with pytest.raises(ReadError, match="is another file"), depot.fetched(there, name, sha):
        pass
    assert not list((tmp_path / "home").rglob("*.txt"))


def test_a_place_nobody_knows_is_one_sentence(tmp_path: Path) -> None:
    there = Settings(home=tmp_path, originals="nirkabel://x")
    (tmp_path / "a.txt").write_text("isi", encoding="utf-8")
    with pytest.raises(ConfigError, match="'originals' names a place that cannot be used"):
        depot.keep(there, tmp_path / "a.txt", "0" * 64)
