"""Commands of the contract: shapes, exit status, one JSON value, no traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_base import DOCS, make, of_sources

from kb.config import Settings

# command, keys of the JSON object, keys of one row of the named list
SHAPES: list[tuple[list[str], set[str], str | None, set[str]]] = [
    (
        ["search", "jalan"],
        {"query", "total", "took_ms", "hits", "facets", "suggestion"},
        "hits",
        {
            "document_id",
            "title",
            "doc_type",
            "years",
            "institution",
            "date",
            "page",
            "page_label",
            "section",
            "snippet",
            "score",
            "entities",
        },
    ),
    (
        ["statements"],
        {"total", "statements"},
        "statements",
        {
            "statement_id",
            "text",
            "speaker",
            "speaker_id",
            "role",
            "institution",
            "kind",
            "cue",
            "date",
            "document_id",
            "title",
            "page",
            "source",
        },
    ),
    (
        ["entities"],
        {"total", "entities"},
        "entities",
        {"entity_id", "type", "name", "aliases", "mentions", "documents", "first", "last"},
    ),
    (
        ["timeline", "Sari Wulandari"],
        {"events"},
        "events",
        {"date", "kind", "title", "document_id", "page", "text"},
    ),
    (
        ["entity", "person:sari-wulandari"],
        {"entity_id", "offices", "mentions_per_year", "co_occurring", "statements"},
        "offices",
        {"role", "institution", "from", "to", "evidence"},
    ),
    (["indicators"], {"total", "indicators"}, "indicators", {"indicator", "unit", "years"}),
    (["trends", "jalan"], {"years", "series"}, "series", {"term", "points"}),
    (["who", "jalan"], {"officials"}, "officials", {"entity_id", "matching_statements"}),
    (["show", "1"], {"document_id", "title", "outline", "pages"}, "pages", {"page", "text"}),
    (["related", "5"], {"documents"}, "documents", {"document_id", "title", "score"}),
    (["related", "5", "--page", "2"], {"pages"}, "pages", {"document_id", "kind", "excerpt"}),
    (["diff", "5", "6"], {"passages"}, "passages", {"left_page", "changes"}),
    (["diff", "5", "6", "--page", "2", "--other-page", "1"], {"passages"}, None, set()),
    (["cite", "1"], {"plain", "bibtex"}, None, set()),
    (["info"], {"documents", "passages", "by_type"}, "by_type", {"label", "count"}),
    (["corrections"], {"corrections"}, None, set()),
]


@pytest.mark.parametrize(
    ("command", "keys", "rows", "row_keys"),
    SHAPES,
    ids=lambda v: str(sorted(v) if isinstance(v, set) else v)[:20],
)
def test_one_json_value_of_the_agreed_shape(
    run: Any, command: list[str], keys: set[str], rows: str | None, row_keys: set[str]
) -> None:
    ran = run(*command, "--json")
    assert ran.status == 0
    assert keys <= set(ran.json)
    if rows is not None:
        assert ran.json[rows]
        assert row_keys <= set(ran.json[rows][0])


@pytest.mark.parametrize(
    ("command", "keys", "rows", "row_keys"),
    SHAPES,
    ids=lambda v: str(sorted(v) if isinstance(v, set) else v)[:20],
)
def test_words_for_people(
    run: Any, command: list[str], keys: set[str], rows: str | None, row_keys: set[str]
) -> None:
    ran = run(*command)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.strip()
    assert "\ue000" not in ran.out


def test_facets_and_snippets(run: Any) -> None:
    found = run("search", "jalan", "--limit", "1", "--json").json
    assert set(found["facets"]) == {
        "year", "institution", "type", "official", "place", "figures",
    }  # fmt: skip
    assert set(found["facets"]["year"][0]) == {"value", "label", "count"}
    assert sum(f["count"] for f in found["facets"]["type"]) == found["total"] == 3
    assert "\ue000" in found["hits"][0]["snippet"]


def test_filters_may_be_given_several_times(run: Any) -> None:
    many = run("search", "", "--year", "2019", "--year", "2023", "--json").json
    one = run("search", "", "--year", "2019", "--json").json
    assert many["total"] > one["total"] == 1
    assert run("search", "", "--official", "Tono Raharja", "--json").json["total"] == 1
    assert run("search", "", "--type", "RKPD", "--sort", "oldest", "--json").json["total"] == 3


def test_what_became_of_the_query_is_said(run: Any) -> None:
    sentence = "A year or date could not be read; it was searched as a word."
    assert sentence in run("search", "jalan tahun:abc").out
    assert sentence not in run("search", "jalan").out


def test_home_and_json_may_stand_before_the_command(
    cli_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kb.cli import main

    assert main(["--home", str(cli_home), "--json", "search", "jalan"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 3


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["entity", "person:nobody"], "kb entities"),
        (["show", "999"], "kb search"),
        (["search", "x", "--from", "kemarin"], "is not a date"),
        (["export", "search", "x", "--to", "file.pdf"], "must end in"),
        (["tag", "no-such-file.html"], "There is no file"),
        (["tag", "--jsonl", "no-such-file.jsonl"], "There is no file"),
        (["eval", "tags", "no-such-file.jsonl"], "There is no file"),
        (["undo", "77"], "no correction 77"),
        (["search"], "required"),
        (["search", "x", "--sort", "loudest"], "invalid choice"),
        (["dance"], "invalid choice"),
        (["search", "x", "--limit", "-3"], "limit"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_status_2(
    run: Any, command: list[str], sentence: str
) -> None:
    ran = run(*command)
    assert ran.status == 2
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1
    assert sentence in ran.err
    assert "Traceback" not in ran.err


def test_errors_are_json_too(run: Any) -> None:
    ran = run("entity", "person:nobody", "--json")
    assert (ran.status, set(ran.json)) == (2, {"error"})


def test_no_base_yet(run: Any, tmp_path: Path) -> None:
    for command in (["search", "x"], ["rebuild"], ["check"], ["info"], ["serve"]):
        ran = run(*command, home=tmp_path / "none")
        assert ran.status == 2, command
        assert "kb ingest" in ran.err
    assert not (tmp_path / "none").exists()


def test_an_unexpected_error_is_one_sentence(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.explore import KnowledgeBase

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(KnowledgeBase, "search", broken)
    ran = run("search", "x")
    assert ran.status == 2
    assert "ZeroDivisionError: by nought" in ran.err
    assert len(ran.err.splitlines()) == 1
    monkeypatch.setenv("KB_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("search", "x")


def test_a_damaged_index_is_rebuilt_on_the_way(run: Any, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    for file in settings.search_path.rglob("*"):
        if file.is_file():
            file.write_bytes(b"\0" * 10)
    ran = run("search", "jalan", "--json", home=settings.home)
    assert (ran.status, ran.json["total"]) == (0, 3)
    assert "Rebuilding" in ran.err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_export(run: Any, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    ran = run("export", "search", "jalan", "--year", "2024", "--to", str(file), "--json")
    assert ran.status == 0
    assert ran.json == {"file": str(file), "rows": 3}
    assert file.stat().st_size > 50
    ran = run("export", "statements", "--from", "2024", "--until", "2024-03", "--to", str(file))
    assert ran.out.startswith("2 rows")


def test_corrections_from_the_command_line(run: Any, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    home = settings.home
    ran = run("merge", "person:tono-raharja", "person:bagus-pradana", "--json", home=home)
    number = ran.json["correction"]
    assert ran.json["documents"] == 1
    assert run("search", "nelayan", "--official", "Bagus Pradana", "--json", home=home).json[
        "total"
    ]
    assert run("corrections", "--json", home=home).json["corrections"][0]["kind"] == "merge"
    assert run("undo", str(number), home=home).status == 0
    assert run("rename", "person:tono-raharja", "Tono R.", home=home).status == 0
    assert run("hide", "person:tono-raharja", home=home).status == 0
    ran = run("untag", "person:bagus-pradana", "--document", "1", "--json", home=home)
    assert (ran.status, ran.json["documents"]) == (0, 1)
    assert run("undo", str(ran.json["correction"]), home=home).status == 0
    assert run("untag", "person:bagus-pradana", home=home).status == 2
    assert run("set", "1", "years", "2020 2021", home=home).status == 0
    assert run("show", "1", "--json", home=home).json["years"] == [2020, 2021]
    assert run("set", "1", "years", "soon", home=home).status == 2


def test_an_entity_gets_and_loses_another_name(run: Any, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    home = settings.home
    about = ("correct", "alias", "Bagus Pradana", "Uda Beni")
    assert run(*about, "--by", "Sari", "--reason", "panggilan", home=home).status == 0
    found = run("entities", "Uda Beni", "--json", home=home).json["entities"]
    assert [one["name"] for one in found] == ["Bagus Pradana"]
    assert run(*about, home=home).status == 2, "it is called so already"
    assert run(*about, "--remove", home=home).status == 0
    assert run("entities", "Uda Beni", "--json", home=home).json["entities"] == []


def test_what_was_found_is_corrected_by_its_words_and_shared(run: Any, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    home = settings.home
    said = run("statements", "--json", home=home).json["statements"][0]
    about = ("correct", "statement", str(said["document_id"]), said["text"][:30])
    signed = ("--by", "Sari", "--reason", "salah baca", "--json")
    assert run(*about, home=home).status == 2, "what is right must be said"
    assert run(*about, "--reject", "--kind", "direct", home=home).status == 2
    ran = run(*about, "--speaker", "Bagus Pradana", *signed, home=home)
    number = ran.json["correction"]
    found = run("statements", "--json", home=home).json["statements"]
    assert next(s for s in found if s["text"] == said["text"])["speaker"] == "Bagus Pradana"
    file = tmp_path / "putusan.csv"
    assert run("corrections", "export", str(file), "--json", home=home).json["corrections"] == 1
    assert run("corrections", "import", str(file), "--json", home=home).json["known"] == 1
    assert run("corrections", "undo", str(number), "--by", "Beno", home=home).status == 0
    assert run("corrections", "list", "--json", home=home).json["corrections"] == []
    (one,) = run("corrections", "list", "--all", "--json", home=home).json["corrections"]
    assert (one["by"], one["reason"], one["undone_by"]) == ("Sari", "salah baca", "Beno")
    assert run("undo", str(number), home=home).status == 2


def test_rebuild_and_check(run: Any, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    ran = run("rebuild", "--json", home=settings.home)
    assert ran.json["documents"] == len(DOCS)
    assert ran.json["passages"] == 9
    ran = run("check", "--json", home=settings.home)
    assert ran.status == 1, "the files of the hand-made base are gone"
    assert {"kind", "message", "remedy", "subject"} <= set(ran.json["problems"][0])


def test_hostile_text_cannot_steer_the_terminal(run: Any, tmp_path: Path) -> None:
    from made_base import Doc, add

    from kb.ingest import rebuild

    settings = Settings(tmp_path / "index")
    title = "Jalan \x1b[31m\x1b]0;judul\x07 \u202emundur\r\x9b2J"
    add(settings, [Doc("a.html", title, (f"isi {title}",), "2024-01-01")], tmp_path)
    rebuild(settings)
    for command in (["search", "jalan"], ["show", "1"], ["related", "1"], ["cite", "1"]):
        out = run(*command, home=settings.home).out
        assert not set(out) & set("\x1b\x07\x9b\r\u202e"), command


def test_relevance_is_measured_over_the_base(run: Any, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = [
        {"query": "imunisasi rkpd", "answers": [{"file": "rkpd-2024.pdf", "page": 2, "grade": 3}]},
        {"query": "nelayan", "answers": [{"file": "tono.html", "page": None, "grade": 3}]},
    ]
    gold.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = run("eval", "search", str(gold), "--json").json["gold.jsonl"]
    assert (found["queries"], found["mrr"]) == (2, 1.0)
    assert "MRR@10" in run("eval", "search", str(gold)).out


def test_a_list_of_names_from_a_file(run: Any, tmp_path: Path) -> None:
    names = tmp_path / "nama.csv"
    names.write_text("Sari Wulandari,kepala\nzamrud kencana,tidak ada\n", encoding="utf-8")
    ran = run("many", str(names), "--json")
    assert [line["words"] for line in ran.json["lines"]] == ["Sari Wulandari", "zamrud kencana"]
    assert [line["documents"] > 0 for line in ran.json["lines"]] == [True, False]
    assert (ran.json["twice"], ran.json["wordless"]) == (0, 0)
    names.write_text("Sari Wulandari\nSARI WULANDARI\n---\n", encoding="utf-8")
    said = run("many", str(names)).err
    assert "Lines left out: 1; they say what another line says." in said
    assert "Lines left out: 1; they have no word to look for." in said
    assert run("many", str(tmp_path / "hilang.txt")).status == 2


def test_new_documents_are_listed_and_looked_at(run: Any, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    of_sources(settings, portal=(1, 3, 5), dinkes=(2,))
    found = run("source", "new", "--json", home=settings.home).json
    assert found["total"] == 4
    assert [one["document"] for one in found["documents"]] == [3, 5, 2, 1]
    assert "Perbaikan Jalan" in run("source", "new", "portal", home=settings.home).out
    seen = run("correct", "seen", "3", "--by", "Ani", "--json", home=settings.home).json
    assert run("correct", "seen", "--source", "portal", home=settings.home).status == 0
    assert run("source", "new", "portal", "--json", home=settings.home).json["total"] == 0
    assert run("correct", "seen", home=settings.home).status == 2
    assert run("undo", str(seen["correction"]), home=settings.home).status == 0
    assert run("source", "new", "portal", "--json", home=settings.home).json["total"] == 1
