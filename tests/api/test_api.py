"""The HTTP API says what Python says, pages by cursor, and refuses in one sentence."""

from __future__ import annotations

import base64
import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb.api.answers import public
from kb.api.app import PREFIX
from kb.api.pace import Pace
from kb.config import Settings
from kb.explore import KnowledgeBase
from kb.server.routes import doors


def _plain(value: object) -> Any:
    return json.loads(TypeAdapter(Any).dump_json(value))


def test_http_says_what_python_says(client: TestClient, base: KnowledgeBase) -> None:
    said = client.get(f"{PREFIX}/search", params={"q": "jalan", "years": [2024], "limit": 5}).json()
    found = _plain(public(base.search("jalan", years=[2024], limit=5)))
    said.pop("took_ms"), found.pop("took_ms")
    assert said == found
    assert said["total"] > 0
    for path, value in (
        ("/statements", base.statements()),
        ("/entities", base.entities()),
        ("/documents/1", public(base.document(1))),
        ("/documents/1/pages/1", base.page(1, 1)),
        ("/documents/1/cite", base.cite(1)),
        ("/indicators", base.indicators(limit=20)),
        ("/timeline?subject=jalan", base.timeline("jalan", limit=200)),
        ("/trends?terms=jalan", base.trends(["jalan"])),
    ):
        assert client.get(PREFIX + path).json() == _plain(value), path


def test_what_is_found_by_meaning_has_pages_but_is_in_no_count(
    client: TestClient, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = base.search("jalan", limit=2, meaning=False)
    asked: list[bool] = []

    def search(query: str, *, meaning: bool, **more: Any) -> Any:
        asked.append(meaning)
        return replace(plain, meant=5)

    monkeypatch.setattr(KnowledgeBase, "search", lambda self, *a, **more: search(*a, **more))
    end = b"o%d" % (plain.total + 3)
    cursor = base64.urlsafe_b64encode(end).decode().rstrip("=")
    answer = client.get(f"{PREFIX}/search", params={"q": "jalan", "cursor": cursor})
    assert "next" not in answer.links
    assert answer.headers["X-Total-Count"] == str(plain.total)
    end = b"o%d" % (plain.total + 1)
    cursor = base64.urlsafe_b64encode(end).decode().rstrip("=")
    told = {"q": "jalan", "cursor": cursor, "meaning": "false"}
    assert "next" in client.get(f"{PREFIX}/search", params=told).links
    assert asked == [True, False]


def test_pages_by_cursor_are_the_whole_list_once(client: TestClient, base: KnowledgeBase) -> None:
    address: str | None = f"{PREFIX}/documents?limit=2"
    seen: list[int] = []
    while address:
        answer = client.get(address)
        seen += [document["document_id"] for document in answer.json()["documents"]]
        address = answer.links["next"]["url"] if "next" in answer.links else None
    total, every = base.documents(limit=100)
    assert seen == [document.document_id for document in every]
    assert answer.headers["X-Total-Count"] == str(total)


def test_an_answer_holds_until_the_base_changes(client: TestClient) -> None:
    first = client.get(f"{PREFIX}/documents")
    again = client.get(f"{PREFIX}/documents", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    other = client.get(f"{PREFIX}/documents", headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/999999", 404),
        ("/documents/1/pages/99", 404),
        ("/documents/1/pages/1/image", 404),
        ("/entities/person:nobody", 404),
        ("/statements/999999", 404),
        ("/search?limit=0", 422),
        ("/search?cursor=none-of-ours", 400),
        ("/search?date_from=yesterday", 400),
        ("/nothing", 404),
    ],
)
def test_refusals_are_one_sentence(client: TestClient, path: str, status: int) -> None:
    answer = client.get(PREFIX + path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["detail"]
    assert "Traceback" not in told["detail"]


def test_files_hold_the_whole_result(client: TestClient, base: KnowledgeBase) -> None:
    total = base.search("jalan", limit=1).total
    table = client.get(f"{PREFIX}/search?q=jalan&format=csv")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    lines = client.get(f"{PREFIX}/search?q=jalan&format=ndjson").text.splitlines()
    assert len(rows) == len(lines) == total
    assert json.loads(lines[0])["title"] == rows[0]["title"]
    assert "attachment" in table.headers["content-disposition"]


def test_a_file_holds_no_page_that_lacks_a_word(base: KnowledgeBase) -> None:
    """Pages with only some of the words follow a short result, apart from it."""
    found = base.search("akhir jalan")
    assert found.further
    assert len(found.hits) == found.total > 0
    assert not {h.passage_id for h in found.hits} & {h.passage_id for h in found.further}
    assert len(base.export_table("search", "akhir jalan").rows) == found.total


def test_no_path_of_this_machine_leaves_it(client: TestClient, base: KnowledgeBase) -> None:
    folder = str(base.settings.home.parent)
    for path in ("/documents/1", "/search?q=jalan", "/search?q=jalan&group=true"):
        assert folder not in client.get(PREFIX + path).text


def test_a_token_is_asked_for_where_one_is_set(base: KnowledgeBase) -> None:
    made = Settings(base.settings.home, api_tokens="satu, dua", api_per_minute=0)
    client = TestClient(Starlette(routes=doors(made, lambda: base).routes))
    for path in (f"{PREFIX}/documents", "/feeds/search.atom"):
        assert client.get(path).status_code == 401
        assert client.get(path, headers={"Authorization": "Bearer tiga"}).status_code == 401
        assert client.get(path, headers={"Authorization": "Bearer dua"}).status_code == 200


def test_the_api_can_be_closed(base: KnowledgeBase) -> None:
    made = Settings(base.settings.home, api="off")
    client = TestClient(Starlette(routes=doors(made, lambda: base).routes))
    assert client.get(f"{PREFIX}/documents").status_code == 404
    assert client.get("/d/1").status_code == 200


def test_other_sites_ask_only_where_named(base: KnowledgeBase) -> None:
    made = Settings(base.settings.home, api_origins="https://kabar.example", api_per_minute=0)
    client = TestClient(Starlette(routes=doors(made, lambda: base).routes))
    for origin, allowed in (("https://kabar.example", True), ("https://lain.example", False)):
        answer = client.get(f"{PREFIX}/documents", headers={"Origin": origin})
        assert (answer.headers.get("access-control-allow-origin") == origin) is allowed


def test_one_address_is_slowed_and_others_are_not(base: KnowledgeBase) -> None:
    clock = [0.0]
    pace = Pace(60, now=lambda: clock[0])
    assert [pace.wait("a") for _ in range(6)] == [0.0] * 6
    assert pace.wait("a") > 0
    assert pace.wait("b") == 0.0
    clock[0] += 1.0
    assert pace.wait("a") == 0.0
    made = Settings(base.settings.home, api_per_minute=10)
    client = TestClient(Starlette(routes=doors(made, lambda: base).routes))
    assert client.get(f"{PREFIX}/documents").status_code == 200
    slowed = client.get(f"{PREFIX}/documents")
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) >= 1


def test_the_description_is_a_page_to_read(client: TestClient) -> None:
    told = client.get(f"{PREFIX}/").text
    paths = client.get(f"{PREFIX}/openapi.json").json()["paths"]
    assert len(paths) > 15
    for path in paths:
        assert f"GET {PREFIX}{path}" in told


@pytest.mark.slow
def test_what_the_description_promises_holds(base: KnowledgeBase) -> None:
    """Schemathesis asks what the description allows, and some of what it does not."""
    from kb.api.app import api

    schema = schemathesis.openapi.from_asgi("/openapi.json", api(lambda: base))

    for operation in schema.get_all_operations():
        case_strategy = operation.ok().as_strategy()

        @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
        @_given(case_strategy)
        def one(case: Any) -> None:
            answer = case.call()
            assert answer.status_code < 500, (case.path, answer.text[:300])
            case.operation.validate_response(answer)

        one()


def _given(strategy: Any) -> Any:
    from hypothesis import given

    return given(case=strategy)
