"""Asked both ways: every engine with an encoder that knows what some words mean."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from kb.model import Filters, Passage
from kb.search.engine import EngineResult, SearchRequest
from kb.search.meaning import encoding
from kb.search.meaning.both_ways import BLOCK, MEANT, BothWays, _largest
from kb.search.meaning.candidates import Candidates, Placed
from kb.search.meaning.kept import Kept
from kb.search.meaning.question import by_meaning, in_full, share_of_keys
from kb.search.meaning.vectors import WIDTH, Writer, known_passages, open_vectors, rows_of
from kb.search.meaning.windows import WINDOW_WORDS, sentences, windows

from .conftest import PASSAGES, Base, engines

STAMP = "made for tests"
MEANS = {
    "bayi": "anak",
    "kerdil": "anak",
    "balita": "anak",
    "menolong": "layani",
    "warga": "masyarakat",
    "sakit": "kesehatan",
    "penyakit": "kesehatan",
    "wabah": "covid",
    "duit": "pendapatan",
}
QUESTION = "bagaimana menolong warga"
"""Nobody writes these words; document 4 says the same in others."""


class Encoder:
    """Words as directions; words that mean the same are one."""

    def embed(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for number, text in enumerate(texts):
            for word in text.casefold().replace(".", " ").replace(",", " ").split():
                found[number, zlib.crc32(MEANS.get(word, word).encode()) % WIDTH] += 1.0
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.divide(found, lengths, out=found, where=lengths > 0)

    def nearness(self, question: str, sentences: Sequence[str]) -> NDArray[np.float32]:
        near = self.embed(sentences, "passage") @ self.embed([question], "query")[0]
        return near.astype(np.float32)


@pytest.mark.parametrize("count", [1, 7, 200 * BLOCK + 3])
def test_the_largest_are_those_a_sort_gives(count: int) -> None:
    values = np.random.default_rng(3).normal(size=count).astype(np.float32)
    values[: count // 2] = -2.0  # does not pass the filters
    found = _largest(values, 100)
    assert sorted(values[found]) == sorted(values)[-100:]


def put_vectors(folder: Path, passages: Sequence[Passage], stamp: str = STAMP) -> None:
    writer = Writer(folder, stamp)
    for passage in passages:
        spans, texts = encoding.texts_of(replace(passage, title="", section=""))
        vectors = Encoder().embed(texts, "passage")
        where = (passage.passage_id, passage.document_id, passage.page)
        writer.add([rows_of(*where, spans, vectors)])


Ask = Callable[..., EngineResult]


@pytest.fixture
def both(base: Base, tmp_path: Path) -> BothWays:
    put_vectors(tmp_path, PASSAGES)
    return BothWays(Kept(tmp_path, lambda: STAMP), base.source, Encoder)


@pytest.fixture
def ask(base: Base, both: BothWays) -> Ask:
    def asked(query: str, **more: object) -> EngineResult:
        request = SearchRequest(query, meaning=True, **more)  # type: ignore[arg-type]
        return both.search(base.engine, request)

    return asked


def test_a_page_is_found_by_what_it_means(base: Base, ask: Ask) -> None:
    assert not base.ask(QUESTION).hits
    first = ask(QUESTION).hits[0]
    assert (first.passage_id, first.found_by) == (105, "meaning")
    assert first.snippet.startswith("… Perintah bupati: layani masyarakat")


def test_pages_found_by_meaning_are_in_no_total_and_no_facet(base: Base, ask: Ask) -> None:
    query = "penanganan wabah kesehatan bayi"
    words, found = base.ask(query), ask(query)
    assert (found.total, found.documents) == (words.total, words.documents)
    assert found.facets == words.facets
    by_words = {h.passage_id for h in found.hits if h.found_by == "words"}
    assert by_words == {h.passage_id for h in words.hits}
    assert found.meant == len(found.hits) - len(by_words) > 0


def test_the_order_is_of_both(base: Base, ask: Ask) -> None:
    # Of pages with one of the words, the one that means the question comes first.
    query = "masyarakat menolong pemerintah bupati"
    assert ask(query).hits[0].passage_id == 105
    scores = [h.score for h in ask(query).hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "query",
    ["jalan", "jalan rusak", '"menolong warga" sakit', "menolong ATAU warga ATAU sakit",
     "menolong warga -sakit", "menolong warga tahun:2023", "menolong war* sakit",
     "judul:jembatan menolong warga", ""],
)  # fmt: skip
def test_short_queries_and_operators_are_asked_by_words(base: Base, ask: Ask, query: str) -> None:
    found, words = ask(query), base.ask(query)
    assert found.hits == words.hits
    assert found.meant == 0


def test_other_sorts_and_the_switch_are_by_words(base: Base, both: BothWays, ask: Ask) -> None:
    assert not ask(QUESTION, sort="newest").hits
    assert not both.search(base.engine, SearchRequest(QUESTION)).hits


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(types=("press_release",)), {104, 105, 108}),
        (Filters(years=(2025,)), {100, 101, 102, 103}),
        (Filters(documents=(4, 5)), {105, 106}),
        (Filters(types=("lkpd",)), set()),
    ],
)
def test_filters_hold_for_both(ask: Ask, filters: Filters, wanted: set[int]) -> None:
    assert {h.passage_id for h in ask(QUESTION, filters=filters).hits} == wanted


def test_by_document_each_has_its_nearest_pages(base: Base, ask: Ask) -> None:
    query = "penanganan wabah kesehatan bayi"
    found = ask(query, group=True, limit=5)
    documents = [h.document_id for h in found.hits]
    assert documents[0] == 1
    assert found.hits[0].passage_id == 101
    assert documents == sorted(documents, key=documents.index)
    assert len(set(documents)) == 5
    worded = {h.document_id for h in base.ask(query).hits}
    assert found.pages_by_document == {
        d: found.pages_by_document[d] if d in worded else 0 for d in documents
    }
    assert found.meant_documents == 7 - len(worded)


@pytest.mark.parametrize("group", [False, True])
def test_pages_of_a_result_follow_each_other(ask: Ask, group: bool) -> None:
    query = "pembangunan jalan dan jembatan gubernur"
    whole = [(h.passage_id, h.found_by) for h in ask(query, limit=50, group=group).hits]
    parts: list[tuple[int, str]] = []
    for offset in range(0, 10, 2):
        found = ask(query, limit=2, offset=offset, group=group).hits
        parts += [(h.passage_id, h.found_by) for h in found]
    assert parts == whole


def test_some_documents_of_a_result_keep_its_order(base: Base, both: BothWays) -> None:
    request = SearchRequest(QUESTION, meaning=True, group=True, limit=7)
    order = list(dict.fromkeys(h.document_id for h in both.search(base.engine, request).hits))
    only = Filters(documents=tuple(order[2:5]))
    some = both.search(base.engine, replace(request, filters=only), Filters()).hits
    assert list(dict.fromkeys(h.document_id for h in some)) == order[2:5]


@pytest.mark.parametrize("engine", engines())
def test_many_pages_with_the_words_each_come_once(
    engine: str, tmp_path: Path, make_base: Callable[[str, Path], Base]
) -> None:
    base = make_base(engine, tmp_path / "banyak")
    many = [
        Passage(n, n, 1, f"Program bantuan pangan untuk warga {'padi ' * (n % 7)}nomor {n}.")
        for n in range(1, 161)
    ]
    other = [Passage(n, n, 1, f"Rapat kelurahan ke-{n}.") for n in range(161, 200)]
    base.put(*many, *other)
    base.engine.commit()
    put_vectors(tmp_path / "v", [*many, *other])
    both = BothWays(Kept(tmp_path / "v", lambda: STAMP), base.source, Encoder)
    request = SearchRequest("program bantuan pangan warga", meaning=True, limit=300)
    found = both.search(base.engine, request)
    ids = [h.passage_id for h in found.hits]
    assert len(ids) == len(set(ids)) == 160 + found.meant
    assert found.meant <= MEANT
    by_words = {h.passage_id for h in found.hits if h.found_by == "words"}
    assert by_words == {p.passage_id for p in many}
    late = both.search(base.engine, replace(request, offset=110, limit=20)).hits
    assert [h.passage_id for h in late] == ids[110:130]


def test_without_encoder_or_vectors_it_is_as_ever(base: Base, tmp_path: Path) -> None:
    request = SearchRequest("penanganan wabah kesehatan bayi", meaning=True)
    words = base.engine.search(request)
    none = BothWays(Kept(tmp_path / "none", lambda: STAMP), base.source, Encoder)
    assert none.search(base.engine, request).hits == words.hits
    put_vectors(tmp_path, PASSAGES)
    deaf = BothWays(Kept(tmp_path, lambda: STAMP), base.source, lambda: None)
    assert deaf.search(base.engine, request).hits == words.hits
    other = BothWays(Kept(tmp_path, lambda: "another encoder"), base.source, Encoder)
    assert other.search(base.engine, request).hits == words.hits


def test_a_page_without_a_vector_is_found_by_words(base: Base, tmp_path: Path) -> None:
    put_vectors(tmp_path, [p for p in PASSAGES if p.passage_id != 104])
    both = BothWays(Kept(tmp_path, lambda: STAMP), base.source, Encoder)
    found = both.search(base.engine, SearchRequest("jalan rusak diperbaiki", meaning=True))
    assert 104 in {h.passage_id for h in found.hits if h.found_by == "words"}


def test_vectors_of_pages_that_are_gone_find_nothing(base: Base, tmp_path: Path) -> None:
    gone = Passage(900, 90, 1, "Menolong warga, menolong warga.")
    put_vectors(tmp_path, [*PASSAGES, gone])
    both = BothWays(Kept(tmp_path, lambda: STAMP), base.source, Encoder)
    found = both.search(base.engine, SearchRequest(QUESTION, meaning=True, limit=50))
    assert 900 not in {h.passage_id for h in found.hits}


# --- the store ---------------------------------------------------------------------


def test_what_was_written_is_found_exactly(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(60, WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    writer = Writer(tmp_path, STAMP)
    for n in range(20):
        spans = [(10 * i, 10 * i + 9) for i in range(3)]
        writer.add([rows_of(n, n // 4, n % 4 + 1, spans, vectors[3 * n : 3 * n + 3])])
    found = open_vectors(tmp_path, STAMP)
    like = found.like(vectors[31])
    exact = (vectors @ vectors[31]).reshape(20, 3)
    assert np.abs(like.cosine - exact.max(axis=1)).max() < 0.01
    best = int(like.cosine.argmax())
    assert (like.passage[best], like.document[best], like.page[best]) == (10, 2, 3)
    assert like.window(best) == (10, 19)


def test_what_all_have_in_common_may_be_left_out(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    common = rng.normal(size=WIDTH)
    vectors = (6 * common + rng.normal(size=(40, WIDTH))).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    writer = Writer(tmp_path, STAMP)
    writer.add([rows_of(n, n, 1, [(0, 9)], vectors[n : n + 1]) for n in range(40)])
    found = open_vectors(tmp_path, STAMP)
    own = found.of(7)
    assert own is not None
    assert found.like(own).cosine.min() > 0.9
    own_matter = vectors - vectors.mean(axis=0)
    own_matter /= np.linalg.norm(own_matter, axis=1, keepdims=True)
    exact = own_matter @ own_matter[7]
    assert np.abs(found.like(own, centred=True).cosine - exact).max() < 0.1
    assert found.of(400) is None
    assert (found.passage_at(7, 1), found.passage_at(7, 2)) == (7, None)


def test_passages_come_and_go(tmp_path: Path) -> None:
    put_vectors(tmp_path, PASSAGES)
    writer = Writer(tmp_path, STAMP)
    assert writer.passages() == {p.passage_id for p in PASSAGES}
    assert writer.remove({101, 105, 4711}) == 2
    assert (
        known_passages(tmp_path, STAMP)
        == writer.passages()
        == {p.passage_id for p in PASSAGES if p.passage_id not in (101, 105)}
    )
    assert known_passages(tmp_path, "another") == set()


def test_a_crash_while_writing_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_vectors(tmp_path, PASSAGES[:3])
    with monkeypatch.context() as broken:

        def fail(self: Writer) -> None:
            raise OSError("the disk is full")

        broken.setattr(Writer, "_publish", fail)
        with pytest.raises(OSError, match="full"):
            put_vectors(tmp_path, PASSAGES[3:])
    assert known_passages(tmp_path, STAMP) == {100, 101, 102}
    put_vectors(tmp_path, PASSAGES[3:])
    assert len(open_vectors(tmp_path, STAMP)) == len(PASSAGES)
    assert len(list(tmp_path.iterdir())) == 2  # nothing of the crash is left


def test_a_damaged_folder_is_an_empty_one(tmp_path: Path) -> None:
    put_vectors(tmp_path, PASSAGES)
    (tmp_path / "current.json").write_text("{", encoding="utf-8")
    assert len(open_vectors(tmp_path, STAMP)) == 0


# --- windows and questions ------------------------------------------------------------


def test_windows_cover_the_page_in_whole_paragraphs() -> None:
    paragraphs = [f"Paragraf {n} " + "kata " * 58 + "akhir." for n in range(10)]
    text = "\n\n".join(paragraphs)
    found = windows(text)
    assert all(len(text[a:b].split()) <= WINDOW_WORDS for a, b in found)
    assert sum(len(text[a:b].split()) for a, b in found) == len(text.split())
    assert all(text[a:b].startswith("Paragraf") and text[a:b].endswith("akhir.") for a, b in found)
    assert windows(" \n ") == []


def test_a_paragraph_without_end_is_cut_at_sentences_and_words() -> None:
    text = ("Kalimat ini punya lima kata. " * 100).strip()
    assert all(text[a:b].startswith("Kal") and text[a:b].endswith(".") for a, b in windows(text))
    rows = "1234 " * 900
    assert [len(rows[a:b].split()) for a, b in windows(rows)] == [200, 200, 200, 200, 100]


def test_sentences_and_lines() -> None:
    text = "Jalan rusak. Rp1.200 per km.\nJudul\n“Siap.” Katanya"
    found = [text[a:b] for a, b in sentences(text, 0, len(text))]
    assert found == ["Jalan rusak.", "Rp1.200 per km.", "Judul", "“Siap.”", "Katanya"]


def test_what_is_asked_by_meaning() -> None:
    assert by_meaning("siapa sekda?")
    assert by_meaning("program anak kerdil")
    assert by_meaning("harga beras 4 Januari 2024")
    assert not by_meaning("anak kerdil")
    assert not by_meaning("apa")


def test_figures_codes_and_abbreviations_are_keys() -> None:
    assert share_of_keys("program penanganan anak kerdil") == 0
    assert share_of_keys("RTLH 2024 unit SMA") == 0.75
    assert share_of_keys("siapa yang menangani jalan rusak") == 0
    assert share_of_keys("") == 0


def test_what_the_encoder_reads_is_written_in_full() -> None:
    assert in_full("brp jumlah yg rusak?", None) == "berapa jumlah yang rusak?"
    assert in_full("gubenur blm dilantik", "gubernur blm dilantik") == "gubernur belum dilantik"
    assert in_full("Jalan rusak, siapa?", None) == "Jalan rusak, siapa?"


def _of(cosines: Sequence[float], words: Sequence[float], keys: float = 0.0) -> Candidates:
    placed = tuple(Placed(n, n, 1, score, "words") for n, score in enumerate(words))
    near = sorted(cosines, reverse=True)
    return Candidates(placed, np.array(cosines), near[0] - near[-1], keys)


def test_the_meaning_counts_as_much_as_it_tells_pages_apart() -> None:
    words = (1.0, 0.8, 0.3)
    sharp, flat = _of((0.80, 0.83, 0.88), words), _of((0.870, 0.872, 0.874), words)
    assert [p.passage for p in sharp.ordered()] == [2, 1, 0]
    assert [p.passage for p in flat.ordered()] == [0, 1, 2]
    only_keys = _of((0.80, 0.83, 0.88), words, keys=1.0)
    assert [p.passage for p in only_keys.ordered()] == [0, 1, 2]
    none_of_the_words = _of((0.80, 0.83, 0.88), (0.0, 0.0, 0.0), keys=1.0)
    assert [p.passage for p in none_of_the_words.ordered()] == [2, 1, 0]
