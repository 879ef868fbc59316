"""What readers see of sources: originals, versions, what was withdrawn, what is read most."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable

import pytest
import shapes
from served import Answer, Served

from kb.config import Settings
from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase, open_kb
from kb.sources import round
from kb.sources.report import Outcome
from kb.staff import Desk

pytestmark = pytest.mark.slow

Add = Callable[..., str]
Fetch = Callable[..., Outcome]


def number_of(kb: KnowledgeBase, ending: str, *, withdrawn: bool = False) -> int:
    """The document whose address ends so."""
    _, found = kb.documents(limit=100, withdrawn=withdrawn)
    return next(d.document_id for d in found if str(d.address).rstrip("/").endswith(ending))


def test_the_original_is_shown_and_cited_with_its_day(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    shapes.wordpress(site, 2)
    add(site.base)
    bring_in()
    with open_kb(settings) as kb:
        number = number_of(kb, "posyandu-2")
        document = kb.document(number)
        original = document.originals[0]
        body = site.pages["/2025/03/posyandu-2/"].bytes  # type: ignore[union-attr]
        assert original.sha256 == hashlib.sha256(body).hexdigest()
        assert (original.version, original.has_file, original.size) == (1, True, len(body))
        assert original.address == f"{site.base}/2025/03/posyandu-2/"
        assert original.headers["etag"] == '"w2"'
        file = kb.original(number, original.sha256)
        assert file is not None
        assert file.read_bytes() == body
        # The day of our copy, whatever day it is quoted on.
        cited = kb.cite(number, accessed="2031-01-01")
        assert f"urldate = {{{original.last_seen[:10]}}}" in cited.bibtex
        assert "2031" not in cited.plain
        with pytest.raises(NotFound, match="never gave"):
            kb.original(number, "0" * 64)


def test_versions_can_be_compared(site: Served, settings: Settings, add: Add, bring_in: Fetch):
    posts = shapes.wordpress(site, 2)
    add(site.base)
    bring_in()
    posts[2]["modified_gmt"] = "2025-05-01T00:00:00"
    path = "/2025/03/posyandu-2/"
    site.pages[path] = Answer(shapes.article("Posyandu Nomor 2", 2, "Ralat: hari Selasa."))
    bring_in()
    with open_kb(settings) as kb:
        number = number_of(kb, "posyandu-2")
        found = kb.compare_versions(number, 1)
        assert (found.version, found.other) == (1, 2)
        came = [c.text for p in found.passages for c in p.changes if c.kind == "added"]
        assert any("Ralat: hari Selasa." in text for text in came)
        assert found.unchanged > 0
        back = kb.compare_versions(number, 2, 1)
        gone = [c.text for p in back.passages for c in p.changes if c.kind == "removed"]
        assert any("Ralat" in text for text in gone)
        assert [o.version for o in kb.document(number).originals] == [2, 1]
        with pytest.raises(NotFound, match="no version 7"):
            kb.compare_versions(number, 7)
        with pytest.raises(QueryError):
            kb.compare_versions(number, 2)


@pytest.fixture
def withdrawn(
    site: Served,
    settings: Settings,
    add: Add,
    bring_in: Fetch,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """Of three releases the second was taken back."""
    monkeypatch.setattr(round, "AGAIN_HOURS", -1)
    shapes.wordpress(site, 3)
    add(site.base)
    bring_in()
    site.pages.pop("/2025/03/posyandu-2/")
    bring_in()
    bring_in()
    return settings


def test_what_was_withdrawn_is_found_only_where_asked_for(withdrawn: Settings):
    with open_kb(withdrawn) as kb:
        number = number_of(kb, "posyandu-2", withdrawn=True)
        assert number not in {hit.document_id for hit in kb.search("posyandu").hits}
        assert number not in {d.document_id for d in kb.documents()[1]}
        asked = kb.search("posyandu curug", withdrawn=True, group=True)
        assert [card.document.document_id for card in asked.cards] == [number]
        assert asked.cards[0].document.withdrawn is not None
        assert asked.cards[0].hits[0].snippet
        assert kb.search("", withdrawn=True).total == 1
        assert kb.search("gempa", withdrawn=True).total == 0
        home = kb.home()
        assert (home.documents, home.withdrawn) == (2, 1)
        assert number not in {d.document_id for d in home.latest}
        assert kb.document(number, query="posyandu").hit_pages == (1,)
        assert kb.cite(number).plain


def test_what_staff_removed_is_nowhere(site: Served, settings: Settings, add: Add, bring_in: Fetch):
    shapes.wordpress(site, 2)
    add(site.base)
    bring_in()
    with open_kb(settings) as kb:
        number = number_of(kb, "posyandu-2")
        kept = Desk(settings).remove(number, "data pribadi")
        kb.refresh()
        assert kb.documents()[0] == kb.home().documents == 1
        assert not [o for o in kb.complete("posyandu nomor 2") if o.document_id == number]
        for ask in (kb.document, kb.cite, kb.document_file, kb.related):
            with pytest.raises(NotFound):
                ask(number)
        assert kb.search("posyandu", withdrawn=True).total == 0
        Desk(settings).undo(kept.number)
        kb.refresh()
        assert kb.document(number).title


def test_a_source_tells_what_is_new_and_what_is_read(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    shapes.portal(site, releases=3)
    add(site.base, name="banten")
    bring_in()
    with open_kb(settings) as kb:
        assert [source.name for source in kb.sources()] == ["banten"]
        found = kb.source("banten")
        assert found.source.documents == kb.home().documents == len(found.latest)
        dates = [d.date or "" for d in found.latest]
        assert dates == sorted(dates, reverse=True)
        views = [one.views for one in found.popular]
        assert views == sorted(views, reverse=True)
        assert max(views) == 103
        assert kb.home().popular[0] == found.popular[0]
        document = kb.document(found.popular[0].document.document_id)
        assert document.source is not None
        assert document.source.name == "banten"
        assert [count.views for count in document.read_counts] == [103]
        with pytest.raises(NotFound):
            kb.source("lebak")


@pytest.mark.parametrize("twice", [False, True])
def test_documents_of_an_archive_go_and_come_back_with_it(
    site: Served,
    settings: Settings,
    add: Add,
    bring_in: Fetch,
    monkeypatch: pytest.MonkeyPatch,
    twice: bool,
):
    """Unless another address gives the very same archive."""
    monkeypatch.setattr(round, "AGAIN_HOURS", -1)
    shapes.ppid(site)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n in (1, 2):
            archive.writestr(f"siaran-{n}.html", shapes.article(f"Posyandu Arsip {n}", n))
    names = ["arsip.zip", "salinan.zip"][: 1 + twice]
    page = site.pages["/ppid/informasi-berkala"]
    links = "".join(f"<tr><td><a href='/files/{name}'>Unduh</a></td></tr>" for name in names)
    assert isinstance(page, Answer)
    body = str(page.body).replace("</table>", f"{links}</table>")
    site.pages["/ppid/informasi-berkala"] = Answer(body)
    for name in names:
        site.pages[f"/files/{name}"] = Answer(packed.getvalue(), "application/zip")
    add(f"{site.base}/ppid/informasi-berkala")
    bring_in()
    gone = site.pages.pop("/files/arsip.zip")
    for _ in range(4):  # three addresses are looked at again in each
        bring_in()

    def withdrawn() -> set[str]:
        with open_kb(settings) as kb:
            return {d.title for d in kb.documents(withdrawn=True, limit=50)[1]}

    assert withdrawn() == (set() if twice else {"Posyandu Arsip 1", "Posyandu Arsip 2"})
    site.pages["/files/arsip.zip"] = gone
    bring_in()
    assert withdrawn() == set()
