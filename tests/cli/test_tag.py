"""``kb tag``: the object of the tagging guide for files, input and JSON lines."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "SERANG - Gubernur Banten Sari Wulandari meninjau Dinas Kesehatan Provinsi Banten.\n\n"
    "“Pelayanan harus cepat,” kata Sari di Kota Serang, Kamis (4/1/2024)."
)
GUIDE = {"id", "source", "title", "text", "mentions", "officials", "statements"}
PLUS = {"date", "views", "doc_type", "years", "institution"}


def check_offsets(found: dict[str, Any]) -> None:
    for row in (*found["mentions"], *found["statements"]):
        assert found["text"][row["start"] : row["end"]] == row["surface"]
    starts = [m["start"] for m in found["mentions"]]
    assert starts == sorted(starts)


def test_a_file(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "berita.txt"
    file.write_text(f"Gubernur Tinjau Dinas Kesehatan\n\n{TEXT}", encoding="utf-8")
    ran = run("tag", str(file), "--json")
    assert ran.status == 0
    found = ran.json
    assert set(found) >= GUIDE | PLUS
    check_offsets(found)
    by_words = {m["surface"]: m for m in found["mentions"]}
    assert by_words["Sari Wulandari"]["label"] == "PER"
    assert by_words["Sari Wulandari"]["entity_id"].startswith("person:")
    assert by_words["Kota Serang"]["entity_id"] == "place:36.73"
    assert found["officials"][0]["name"] == "Sari Wulandari"
    assert [s["surface"] for s in found["statements"]] == ["Pelayanan harus cepat,"]
    assert found["statements"][0]["speaker"] == "Sari Wulandari"


def test_standard_input(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(TEXT.encode())

    monkeypatch.setattr(sys, "stdin", Input())
    found = run("tag", "-", "--json").json
    assert found["id"] is None
    check_offsets(found)
    assert "Sari Wulandari" in {m["surface"] for m in found["mentions"]}


def test_words_for_people(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "berita.txt"
    file.write_text(TEXT, encoding="utf-8")
    out = run("tag", str(file)).out
    assert "Sari Wulandari: Gubernur Banten" in out
    assert "1 statements" in out


def test_pages_are_joined_and_their_places_told(run: Any, tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    file = tmp_path / "dua.pdf"
    sheet = canvas.Canvas(str(file))
    sheet.drawString(72, 720, "Bupati Lebak Agus Pranoto membuka musyawarah di Rangkasbitung.")
    sheet.showPage()
    sheet.drawString(72, 720, "Agus Pranoto kemudian meninjau Jalan Raya Malingping bersama warga.")
    sheet.save()
    found = run("tag", str(file), "--json").json
    check_offsets(found)
    assert [p["page"] for p in found["pages"]] == [1, 2]
    second = found["pages"][1]
    assert found["text"][second["start"] :].startswith("Agus Pranoto kemudian")
    names = [m for m in found["mentions"] if m["surface"] == "Agus Pranoto"]
    assert len({m["entity_id"] for m in names}) == 1


def test_lines_keep_their_order_and_their_text(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    odd = "  \tSari Wulandari\u00a0dan Tono Raharja\r\ndi Kota Serang \U0001f600. " + TEXT
    rows = [
        json.dumps({"id": "b", "title": "Judul", "text": odd}),
        "",
        "not json",
        json.dumps({"id": "c", "text": 5}),
        json.dumps({"id": "a", "title": "Lain", "text": ""}),
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    ran = run("tag", "--jsonl", str(file))
    assert ran.status == 1
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [f["id"] for f in found] == ["b", None, "c", "a"]
    assert found[0]["text"] == odd
    check_offsets(found[0])
    assert set(found[0]) >= GUIDE | PLUS
    assert "error" in found[1]
    assert "error" in found[2]
    assert found[3]["mentions"] == []
    assert "line 3" in ran.err


@pytest.mark.slow
def test_workers_give_the_same_lines(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(
        "\n".join(json.dumps({"id": n, "text": f"{n}. {TEXT}"}) for n in range(40)),
        encoding="utf-8",
    )
    one = run("tag", "--jsonl", str(file)).out
    assert run("tag", "--jsonl", str(file), "--workers", "2").out == one


def test_a_file_with_many_documents_is_for_ingest(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("url,title,date,text\n,A,2024-01-01,isi a\n,B,2024-01-02,isi b\n", "utf-8")
    ran = run("tag", str(file))
    assert ran.status == 2
    assert "kb ingest" in ran.err


def test_accuracy_against_gold(run: Any, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    start = TEXT.index("Sari Wulandari")
    said = TEXT.index("Pelayanan")
    row = {
        "id": 1,
        "source": "made up",
        "title": "Judul",
        "text": TEXT,
        "mentions": [
            {"start": start, "end": start + 14, "surface": "Sari Wulandari", "label": "PER"}
        ],
        "officials": [{"name": "Sari Wulandari", "role": "Gubernur", "institution": "Banten"}],
        "statements": [
            {
                "kind": "direct",
                "start": said,
                "end": said + 22,
                "surface": "Pelayanan harus cepat,",
                "speaker": "Sari Wulandari",
                "cue": "kata",
            }
        ],
    }
    gold.write_text(json.dumps(row), encoding="utf-8")
    tags = run("eval", "tags", str(gold), "--json").json
    assert tags["articles"] == 1
    assert tags["PER"]["strict"][1] == 100.0
    found = run("eval", "statements", str(gold), "--json").json
    assert found["direct"]["overlap"] == [100.0, 100.0, 100.0]
    assert "PER" in run("eval", "tags", str(gold)).out
    gold.write_text("{}", encoding="utf-8")
    assert run("eval", "tags", str(gold)).status == 2


def test_a_text_that_fails_does_not_count_as_missed(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": "Teks.", "mentions": []}), encoding="utf-8")

    def broken(*_: object) -> None:
        raise RuntimeError("no tagger")

    monkeypatch.setattr("kb.cli.tag._tag_given", broken)
    failed = run("eval", "tags", str(gold))
    assert failed.status == 2
    assert "gold.jsonl:a could not be tagged" in failed.err
