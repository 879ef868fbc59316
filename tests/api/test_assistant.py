"""The MCP server, asked by the SDK's own client; and ``kb mcp`` over stdin and stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb.api.assistant import PAGE_LENGTH, server
from kb.config import Settings
from kb.explore import KnowledgeBase
from kb.server.routes import doors


def run(question: Callable[[], Awaitable[Any]]) -> Any:
    """In a thread of its own: where a browser was driven before, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, question).result()


def ask(base: KnowledgeBase, tool: str, **arguments: Any) -> Any:
    """What the tool answers, as data; a refusal as its sentence."""

    async def asked() -> Any:
        async with Client(server(lambda: base, "https://arsip.example")) as client:
            told = await client.call_tool(tool, arguments)
            text = told.content[0].text  # type: ignore[union-attr]
            return text if told.is_error else json.loads(text)

    return run(asked)


def test_a_page_is_found_read_and_cited(base: KnowledgeBase) -> None:
    found = ask(base, "search", query="jalan")
    assert found["total_pages"] > 0
    hit = found["hits"][0]
    assert "jalan" in hit["quoted"].lower()
    assert hit["link"].startswith(f"https://arsip.example/d/{hit['document_id']}")
    where = {"document_id": hit["document_id"], "page": hit["printed_page"] or str(hit["page"])}
    page = ask(base, "read_page", **where)
    assert page["page"] == hit["page"]
    assert len(page["quoted"]) <= PAGE_LENGTH
    reference = ask(base, "cite", **where)["reference"]
    assert base.document(hit["document_id"]).title.rstrip(".") in reference


def test_who_said_what_and_in_which_office(base: KnowledgeBase) -> None:
    said = ask(base, "statements")
    assert said["total"] == base.statements().total
    one = said["statements"][0]
    assert {"quoted", "speaker", "office", "date", "printed_page", "link"} <= set(one)
    person = base.entities(type="official").entities[0]
    known = ask(base, "entity", name=person.name)
    assert known["entity_id"] == person.entity_id
    assert known["offices"]
    assert ask(base, "timeline", subject=person.entity_id)["total"] > 0


def test_long_lists_go_on_by_cursor(base: KnowledgeBase) -> None:
    seen: list[int] = []
    cursor = None
    while True:
        part = ask(base, "search", query="", types=[], cursor=cursor, years=[2024])
        seen += [hit["document_id"] * 1000 + hit["page"] for hit in part["hits"]]
        cursor = part["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == part["total_pages"]


QUESTIONS: tuple[tuple[str, str, dict[str, Any], tuple[str, ...]], ...] = (
    (
        "Who opened the new hospital?",
        "search",
        {"query": "rumah sakit baru diresmikan"},
        ("Rumah Sakit Baru Diresmikan di Kota Serang", "2023-03-14", "Sari Wulandari"),
    ),
    (
        "What did the governor say about roads?",
        "statements",
        {"query": "jalan", "speaker": "Sari Wulandari"},
        ("perbaikan jalan provinsi selesai sebelum akhir tahun", "2024-02-05", "Gubernur Banten"),
    ),
    (
        "How many more doctors come this year, and who says so?",
        "statements",
        {"query": "tenaga dokter"},
        ("40 orang", "Bagus Pradana", "Dinas Kesehatan Provinsi Banten"),
    ),
    (
        "What was the target for sound roads in 2024?",
        "indicators",
        {"query": "jalan mantap", "years": [2024]},
        ("95,00", "93,20", "RKPD Provinsi Banten Tahun 2024", '"printed_page": "II-2"'),
    ),
    (
        "Which offices has Sari Wulandari held?",
        "entity",
        {"name": "Sari Wulandari"},
        ("Kepala Bappeda Provinsi Banten", "Pj Gubernur Banten", "2019-05-02"),
    ),
    (
        "What does page II-1 of the plan of 2024 put first?",
        "read_page",
        {"document_id": 5, "page": "II-1"},
        ("imunisasi dasar lengkap", '"printed_page": "II-1"', "RKPD Provinsi Banten Tahun 2024"),
    ),
    (
        "How is that page quoted?",
        "cite",
        {"document_id": 5, "page": "II-1"},
        ("hlm. II-1", "RKPD Provinsi Banten Tahun 2024", "Nomor 12/2023"),
    ),
    (
        "What happened with the governor in 2024?",
        "timeline",
        {"subject": "person:sari-wulandari", "date_from": "2024", "date_to": "2024"},
        ("2024-02-05", "Perbaikan Jalan Provinsi Dipercepat"),
    ),
    (
        "Siapa gubernur banten tahun 2024?",
        "search",
        {"query": "siapa gubernur banten tahun 2024"},
        ('"kind": "office"', "Sari Wulandari", "2024-02-05"),
    ),
    (
        "What does the base say about a volcano?",
        "search",
        {"query": '"gunung meletus"'},
        ('"total_pages": 0', '"hits": []'),
    ),
)
"""Questions, the call that a program makes of each, and what a right answer holds."""


@pytest.mark.parametrize(("question", "tool", "arguments", "told"), QUESTIONS)
def test_ten_questions_have_their_answers(
    base: KnowledgeBase, question: str, tool: str, arguments: dict[str, Any], told: tuple[str, ...]
) -> None:
    answer = json.dumps(ask(base, tool, **arguments), ensure_ascii=False)
    for words in told:
        assert words in answer, question


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("read_page", {"document_id": 999999, "page": "1"}),
        ("read_page", {"document_id": 1, "page": "no such"}),
        ("search", {"query": "jalan", "cursor": "none of ours"}),
        ("entity", {"name": "person:nobody"}),
    ],
)
def test_a_refusal_is_a_sentence(base: KnowledgeBase, tool: str, arguments: dict[str, Any]) -> None:
    told = ask(base, tool, **arguments)
    assert isinstance(told, str)
    assert "Traceback" not in told


def test_it_answers_over_http_beside_the_app(base: KnowledgeBase) -> None:
    made = doors(Settings(base.settings.home, api_per_minute=0), lambda: base)
    question = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "search", "arguments": {"query": "jalan"}},
    }
    told = {"Accept": "application/json, text/event-stream"}
    with TestClient(Starlette(routes=made.routes, lifespan=lambda app: made.alive())) as client:
        answer = client.post("/mcp", json=question, headers=told)
        assert answer.status_code == 200
        text = answer.json()["result"]["content"][0]["text"]
        assert json.loads(text)["total_pages"] > 0
        long = client.post("/mcp", content=b"x" * 200_000, headers=told)
        assert long.status_code in (400, 413, 415)


@pytest.mark.slow
def test_kb_mcp_speaks_only_the_protocol(base: KnowledgeBase) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "kb", "mcp", "--home", str(base.settings.home)]
    )

    async def asked() -> tuple[set[str], str]:
        async with Client(command) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            told = await client.call_tool("search", {"query": "jalan"})
            return names, told.content[0].text  # type: ignore[union-attr]

    names, text = run(asked)
    assert {
        "search",
        "read_page",
        "statements",
        "entity",
        "timeline",
        "indicators",
        "claims",
        "cite",
    } == names
    assert json.loads(text)["total_pages"] > 0
