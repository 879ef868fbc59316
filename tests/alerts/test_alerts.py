"""What readers follow: what fits, who is told and how, and whose list a link opens."""

from __future__ import annotations

import email
import email.policy
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from loopback import free_port
from made_base import make
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb.alerts import book, hook, mail
from kb.alerts.matching import DONE, match
from kb.alerts.running import run
from kb.catalog.reading import alerts as reads
from kb.catalog.reading.typed import Reading
from kb.catalog.schema_alerts import follows
from kb.catalog.writes_files import set_meta
from kb.config import Settings
from kb.errors import Busy, NotFound, QueryError
from kb.explore import open_kb
from kb.server import letters

SARI = "person:sari-wulandari"


class Inbox:
    """Keeps what a mail server was given; refuses where it was told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return "451 Try again later"
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        self.mails.append(read)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    """A mail server on loopback."""
    kept = Inbox()
    port = free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "index", address="https://arsip.example", smtp_tls="none")
    make(made, tmp_path)
    return made


@pytest.fixture
def mailing(settings: Settings, inbox: tuple[Inbox, int]) -> Settings:
    return replace(
        settings, smtp_host="127.0.0.1", smtp_port=inbox[1], mail_from="Arsip <arsip@example.id>"
    )


def everything_is_new(settings: Settings) -> None:
    """As if all documents had come in after all was followed."""

    def work(connection: Reading) -> None:
        set_meta(connection, DONE, "0")
        connection.execute(follows.update().values(since=0))

    book.write(settings, work)


def followed(settings: Settings, kind: book.Kind, **query: Any) -> tuple[int, int]:
    """A new list with one thing in it; the numbers of both."""
    number = book.begin(settings).follower.id
    return number, book.follow(settings, number, kind, query, str(query)).id


def matched(settings: Settings, follow: int) -> set[int]:
    return set(book.read(settings, lambda c: reads.matched(c, [follow])).get(follow, ()))


QUERIES = (
    "stunting",
    "jalan",
    "jalan provinsi",
    '"jalan provinsi"',
    "pembangunan",
    "stunting ATAU jalan",
    "jalan BUKAN stunting",
    "kesehat*",
    "jenis:rkpd",
    "katayangtidakada",
    "stuntng",
)


def test_searches_match_what_the_search_finds(settings: Settings) -> None:
    """The small index of new documents agrees with the index of the base."""
    made = {query: followed(settings, "search", query=query)[1] for query in QUERIES}
    filtered = followed(settings, "search", query="jalan", years=[2024])[1]
    everything_is_new(settings)
    done = match(settings)
    assert done.searches == len(QUERIES) + 1
    some = 0
    with open_kb(settings) as kb:
        for query, number in made.items():
            found = kb.search(query, limit=1000, entities=0)
            exact = not found.relaxed and "fuzzy" not in found.notes
            expected = {hit.document_id for hit in found.hits} if exact else set()
            assert matched(settings, number) == expected, query
            some += bool(expected)
        expected = {h.document_id for h in kb.search("jalan", years=[2024], limit=1000).hits}
        assert matched(settings, filtered) == expected
    assert some >= 5


def test_names_and_statements_match(settings: Settings) -> None:
    _, entity = followed(settings, "entity", entity=SARI)
    _, said = followed(settings, "statements", speaker=SARI)
    everything_is_new(settings)
    match(settings)
    with open_kb(settings) as kb:
        page = kb.entity(SARI, documents=100)
        assert matched(settings, entity) == {d.document_id for d in page.documents}
        statements = kb.statements(speaker=SARI, limit=100, fold=False).statements
        assert matched(settings, said) == {s.document_id for s in statements} != set()
        word = max(statements[0].text.split(), key=len).strip(".,")
        about = [s.document_id for s in kb.statements(word, speaker=SARI, fold=False).statements]
    _, narrowed = followed(settings, "statements", speaker=SARI, query=word)
    everything_is_new(settings)
    match(settings)
    assert matched(settings, narrowed) == set(about)


def test_nothing_is_matched_twice_and_nothing_old(settings: Settings) -> None:
    _, number = followed(settings, "search", query="jalan")
    assert match(settings).documents == 0  # what was there before it was followed
    assert matched(settings, number) == set()
    everything_is_new(settings)
    first = match(settings)
    again = match(settings)
    assert first.matches > 0
    assert (again.documents, again.matches) == (0, 0)


def agreed(settings: Settings, number: int, every: book.Every = "daily") -> None:
    _, token = book.tell_by_mail(settings, number, "pembaca@example.id", every)
    book.confirm(settings, token)


def test_a_digest_is_grouped_quoted_and_in_two_forms(
    mailing: Settings, inbox: tuple[Inbox, int]
) -> None:
    number, _ = followed(mailing, "entity", entity=SARI)
    book.follow(mailing, number, "search", {"query": "jalan"}, "Jalan rusak & <b>lubang</b>")
    agreed(mailing, number)
    everything_is_new(mailing)
    later = datetime.now(UTC) + timedelta(days=1)
    assert run(mailing, later).mails == 1
    sent = inbox[0].mails[0]
    assert sent["To"] == "pembaca@example.id"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(sent["List-Unsubscribe"]).startswith("<https://arsip.example/langganan/berhenti/")
    assert "dokumen baru" in sent["Subject"]
    plain = sent.get_body(("plain",))
    rich = sent.get_body(("html",))
    assert plain is not None
    assert rich is not None
    text, page = plain.get_content(), rich.get_content()
    with open_kb(mailing) as kb:
        said = kb.statements(speaker=SARI, limit=1).statements[0]
    for told in (text, page):
        assert said.title in told
        assert said.text[:60] in told
        assert f"https://arsip.example/d/{said.document_id}" in told
        assert "hlm." in told
        assert "/langganan/berhenti/" in told
    assert "<b>lubang" not in page
    assert "&lt;b&gt;lubang" in page
    # Told once; nothing new, nothing sent.
    assert run(mailing, later + timedelta(days=1)).mails == 0


def test_no_mail_before_the_address_agreed_and_none_too_soon(
    mailing: Settings, inbox: tuple[Inbox, int]
) -> None:
    number, _ = followed(mailing, "search", query="jalan")
    _, token = book.tell_by_mail(mailing, number, "pembaca@example.id", "weekly")
    everything_is_new(mailing)
    now = datetime.now(UTC)
    assert run(mailing, now + timedelta(days=30)).mails == 0
    book.confirm(mailing, token)
    assert run(mailing, now + timedelta(days=1)).mails == 0
    assert run(mailing, now + timedelta(days=7)).mails == 1
    with pytest.raises(Busy, match="a moment ago"):
        book.tell_by_mail(mailing, number, "lain@example.id", "daily")
    with pytest.raises(QueryError, match="no mail address"):
        book.tell_by_mail(mailing, number, "a@b.id\nBcc: c@d.id", "daily")


def test_a_mail_server_that_refuses_is_tried_again(
    mailing: Settings, inbox: tuple[Inbox, int]
) -> None:
    number, _ = followed(mailing, "search", query="jalan")
    agreed(mailing, number)
    everything_is_new(mailing)
    inbox[0].refuse = True
    moment = datetime.now(UTC) + timedelta(days=1)
    assert run(mailing, moment).failed[0][0] == number
    assert "did not take a mail" in str(book.by_number(mailing, number).follower.problem)
    inbox[0].refuse = False
    assert run(mailing, moment + timedelta(seconds=30)).mails == 0  # not at once
    assert run(mailing, moment + timedelta(minutes=3)).mails == 1
    assert book.by_number(mailing, number).follower.problem is None


def test_the_pages_that_mails_lead_to(mailing: Settings) -> None:
    client = TestClient(Starlette(routes=letters.routes(mailing)))
    number, _ = followed(mailing, "search", query="jalan")
    _, token = book.tell_by_mail(mailing, number, "pembaca@example.id", "daily")
    page = client.get(f"/langganan/konfirmasi/{token}")
    assert page.status_code == 200
    assert "pembaca@example.id" in page.text
    assert book.by_number(mailing, number).follower.confirmed is None  # looking is not agreeing
    assert client.post(f"/langganan/konfirmasi/{token}").status_code == 200
    held = book.by_number(mailing, number)
    assert held.follower.confirmed
    # A link is good for one thing only.
    assert client.post(f"/langganan/berhenti/{token}").status_code == 404
    assert client.get(f"/langganan/konfirmasi/{held.token}").status_code == 404
    from kb.alerts import keys

    stop = book.read(mailing, lambda c: keys.token(c, held.follower, "stop"))
    one_click = {"List-Unsubscribe": "One-Click"}
    assert client.post(f"/langganan/berhenti/{stop}", data=one_click).status_code == 200
    assert book.by_number(mailing, number).follower.every == "never"


def test_a_link_opens_its_own_list_alone(settings: Settings) -> None:
    first, second = book.begin(settings), book.begin(settings)
    assert book.opened(settings, first.token).follower.id == first.follower.id
    number, _, digest = first.token.partition("-")
    for forged in (f"{second.follower.id}-{digest}", f"{number}-{'0' * 32}", "1", "", "x" * 500):
        with pytest.raises(NotFound):
            book.opened(settings, forged)
    book.forget(settings, first.follower.id)
    with pytest.raises(NotFound):
        book.opened(settings, first.token)


def test_following_changes_no_answer_of_the_base(settings: Settings) -> None:
    with open_kb(settings) as kb:
        before = kb.revision
        followed(settings, "search", query="jalan")
        kb.refresh()
        assert kb.revision == before


@pytest.mark.parametrize(
    "query", [{}, {"query": "  "}, {"speaker": "x"}, {"query": "jalan", "limit": 5}]
)
def test_only_what_can_be_asked_is_followed(settings: Settings, query: dict[str, Any]) -> None:
    number = book.begin(settings).follower.id
    with pytest.raises(QueryError):
        book.follow(settings, number, "search", query, "x")


def test_the_same_is_followed_once(settings: Settings) -> None:
    number, first = followed(settings, "search", query="jalan", years=[2024, 2023])
    again = book.follow(settings, number, "search", {"years": [2023, 2024], "query": " jalan "}, "")
    assert again.id == first


class Receiver:
    """A program on loopback that is posted to."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                owner.got.append((dict(self.headers.items()), body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/baru"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_webhook_is_signed_and_reaches_no_private_network(
    settings: Settings, receiver: Receiver
) -> None:
    number, follow = followed(settings, "search", query="jalan")
    secret = book.tell_by_webhook(settings, number, receiver.address).follower.secret
    everything_is_new(settings)
    now = datetime.now(UTC)
    refused = run(settings, now)
    assert refused.hooks == 0
    assert "private address" in refused.failed[0][1]
    assert not receiver.got
    allowed = replace(settings, private_hosts="127.0.0.1")
    assert run(allowed, now + timedelta(hours=1)).hooks == 1
    headers, body = receiver.got[0]
    told = {name.lower(): value for name, value in headers.items()}
    assert told["x-kb-signature"] == hook.signature(str(secret), body)
    group = json.loads(body)["new"][0]
    assert group["follow"]["id"] == follow
    assert {d["document_id"] for d in group["documents"]} == matched(settings, follow)
    assert run(allowed, now + timedelta(hours=2)).hooks == 0


def test_without_a_mail_server_it_is_said(settings: Settings) -> None:
    assert not mail.possible(settings)
    with pytest.raises(Exception, match="smtp_host"):
        mail.check(settings)
