"""Stable addresses lead people to the app and programs to data; feeds do not tell twice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree
from made_base import make
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb.api.addresses import Card, html_of
from kb.api.app import PREFIX
from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb
from kb.ingest import rebuild
from kb.server.routes import doors
from kb.staff import Desk

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def _data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


def test_people_are_led_to_the_app_and_programs_to_data(
    client: TestClient, base: KnowledgeBase
) -> None:
    said = base.statements(limit=1).statements[0]
    person = next(e for e in base.entities(type="person").entities)
    for address, app, data in (
        ("/d/1", "dokumen?id=1", f"{PREFIX}/documents/1"),
        (f"/p/{said.statement_id}", "dokumen?id=", f"{PREFIX}/statements/{said.statement_id}"),
        (f"/e/{person.entity_id}", "entitas?id=", f"{PREFIX}/entities/"),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert f"url=http://testserver/{app}" in page.text
        assert 'property="og:title"' in page.text
        assert _data(page.text)["@context"] == "https://schema.org"
        for led in (
            client.get(address + ".json"),
            client.get(address, headers={"Accept": "application/json"}),
        ):
            assert led.status_code == 307
            assert led.headers["location"].startswith(data)
            assert client.get(led.headers["location"]).status_code == 200


def test_a_page_goes_by_its_printed_number(client: TestClient, base: KnowledgeBase) -> None:
    document, page = next(
        (d.document_id, page)
        for d in base.documents(limit=100)[1]
        for page in base.document(d.document_id).pages
        if page.label and page.label != str(page.page)
    )
    led = client.get(f"/d/{document}/h/{page.label}.json")
    assert led.headers["location"] == f"{PREFIX}/documents/{document}/pages/{page.page}"
    counted = client.get(f"/d/{document}/h/{page.page}").text
    assert f"hlm. {page.label}</title>" in counted  # asked by count, told as printed
    assert client.get(f"/d/{document}/h/no-such").status_code == 404


def test_nothing_a_document_says_runs(client: TestClient) -> None:
    hostile = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    page = html_of(Card(hostile, hostile, "dokumen?id=1", "/d", {"name": hostile}), "/d/1", "")
    assert "<img" not in page
    assert page.count("<script") == 1
    assert _data(page)["name"] == hostile


def test_what_is_not_there_is_said(client: TestClient) -> None:
    for path in ("/d/999999", "/d/x", "/d/1/h/999", "/p/999999", "/e/person:nobody"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert answer.json()["detail"]


def test_only_a_published_base_is_offered_to_search_engines(
    client: TestClient, base: KnowledgeBase
) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    locations = etree.fromstring(client.get("/sitemap.xml").content).findall(".//{*}loc")
    assert len(locations) == base.documents(limit=1)[0]
    assert all(client.get(urlsplit(str(one.text)).path).status_code == 200 for one in locations)
    closed = TestClient(Starlette(routes=doors(Settings(base.settings.home), lambda: base).routes))
    assert closed.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert closed.get("/sitemap.xml").status_code == 404


def test_feeds_are_atom_and_name_each_thing_once(client: TestClient, base: KnowledgeBase) -> None:
    person = next(e for e in base.entities(type="person").entities)
    for path in (
        "/feeds/search.atom?q=jalan",
        "/feeds/statements.atom",
        f"/feeds/statements.atom?speaker={person.entity_id}",
        f"/feeds/entities/{person.entity_id}.atom",
        "/feeds/indicators.atom?q=stunting",
    ):
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/atom+xml"
        feed = etree.fromstring(answer.content)
        for name in ("id", "title", "updated"):
            assert feed.find(f"a:{name}", ATOM).text
        ids = [entry.find("a:id", ATOM).text for entry in feed.findall("a:entry", ATOM)]
        assert len(ids) == len(set(ids))
        for entry in feed.findall("a:entry", ATOM):
            link = urlsplit(entry.find("a:link", ATOM).get("href"))
            assert client.get(link.path).status_code == 200
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*", entry.find("a:updated", ATOM).text)
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert ids or client.get("/feeds/statements.atom").text.count("<entry>") > 0
    assert client.get("/feeds/indicators.atom").status_code == 400
    assert client.get("/feeds/search.atom?years=tahun-ini").status_code == 400
    assert client.get("/feeds/entities/person:nobody.atom").status_code == 404


def test_a_statement_that_is_none_any_more_leads_to_its_page(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "index", api_per_minute=0)
    make(settings, tmp_path)
    rebuild(settings)
    with open_kb(settings) as base:
        client = TestClient(
            Starlette(routes=doors(settings, lambda: base).routes), follow_redirects=False
        )
        said = base.statements(document=3).statements[0]
        Desk(settings).reject("statement", said.statement_id)
        base.refresh()
        person = client.get(f"/p/{said.statement_id}", headers={"Accept": "text/html"})
        assert person.status_code == 410
        assert "Pernyataan di alamat ini tidak ada lagi." in person.text
        assert 'href="http://testserver/dokumen?id=3&amp;hal=1"' in person.text
        program = client.get(f"{PREFIX}/statements/{said.statement_id}")
        assert program.status_code == 410
        assert "page 1 of document 3" in program.json()["detail"]
        nothing = client.get("/p/999999", headers={"Accept": "text/html"})
        assert nothing.status_code == 404
        assert "Alamat ini tidak menuju apa pun" in nothing.text
