"""A list of names asked at once."""

from __future__ import annotations

import pytest
from made_base import DOCS

from kb.errors import QueryError
from kb.explore import KnowledgeBase
from kb.explore.many import LINES, Listed, listed


def test_a_list_is_its_lines_once_each() -> None:
    given = ' Sari  Wulandari\n\nSARI WULANDARI\n"Dinas" Kesehatan\n - \n'
    assert listed(given) == Listed(("Sari Wulandari", "Dinas Kesehatan"), twice=1, wordless=1)
    table = 'Nama;Jabatan\n"Wulandari; Sari";kepala\nBagus Pradana;wakil\n'
    assert listed(table, table=True).lines == ("Nama", "Wulandari; Sari", "Bagus Pradana")


def test_a_list_that_is_too_long_says_how_long_it_may_be() -> None:
    with pytest.raises(QueryError, match="at most 5000"):
        listed("\n".join(f"nama {n}" for n in range(LINES + 1)))


def test_each_line_has_its_documents_statements_and_entity(kb: KnowledgeBase) -> None:
    sari, hospital, slip, nobody = kb.ask_many(
        ["sari wulandari", "rumah sakit", "Sari Wulandary", "zamrud kencana"]
    )
    found = kb.search('"sari wulandari"', limit=100, meaning=False)
    assert (sari.pages, sari.documents) == (found.total, len({h.document_id for h in found.hits}))
    assert {(n.document.document_id, p) for n in sari.named for p in n.pages} == {
        (h.document_id, h.page) for h in found.hits
    }
    assert sari.entity is not None
    assert sari.entity.entity_id == "person:sari-wulandari"
    places = {(h.document_id, h.page) for h in found.hits}
    hers = kb.statements(speaker="Sari Wulandari").statements
    assert set(sari.said) >= {s.statement_id for s in hers if (s.document_id, s.page) in places}
    assert sari.statements == len(sari.said) > 0
    assert {n.document.title for n in hospital.named} >= {DOCS[0].title}
    assert hospital.entity is None
    assert (slip.pages, slip.named) == (0, ())
    assert [e.entity_id for e in slip.near][:1] == ["person:sari-wulandari"]
    assert (nobody.pages, nobody.near) == (0, ())


def test_a_name_without_its_middle_words_leads_to_who_bears_it(kb: KnowledgeBase) -> None:
    (asked,) = kb.ask_many(["dinas banten"])
    assert asked.pages == 0
    assert "institution:dinkes@36" in [e.entity_id for e in asked.near]


def test_how_far_it_is_can_be_heard(kb: KnowledgeBase) -> None:
    heard: list[int] = []
    kb.ask_many(["satu", "dua", "tiga"], heard.append)
    assert heard == [1, 2, 3]
