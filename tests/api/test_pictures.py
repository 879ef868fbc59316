"""Pictures of pages: one address for everybody, kept by browsers, refused in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_base import Doc, add
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kb.api import pictures
from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb
from kb.ingest import rebuild
from kb.server.routes import doors


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """A base with a letter of one page (1), a file that is gone (2) and an article (3)."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    folder = tmp_path_factory.mktemp("gambar")
    sheet = canvas.Canvas(str(folder / "surat.pdf"))
    sheet.drawString(72, 720, "Gubernur meninjau jembatan gantung")
    sheet.drawString(72, 700, "di Kabupaten Lebak")
    sheet.save()
    settings = Settings(folder / "index")
    text = "Gubernur meninjau [LOC place:36|jembatan] gantung\ndi Kabupaten Lebak"
    made = [
        Doc("surat.pdf", "Surat", (text,), "2024-01-01", format="pdf"),
        Doc("hilang.pdf", "Hilang", ("Gubernur meninjau pasar",), "2024-01-01", format="pdf"),
        Doc("kabar", "Kabar", ("Gubernur meninjau sawah",), "2024-01-01"),
    ]
    add(settings, made, folder)
    rebuild(settings)
    with open_kb(settings) as base:
        yield base


@pytest.fixture
def asked(drawn: KnowledgeBase) -> TestClient:
    # The API is off: pictures are the app's, and come all the same.
    settings = Settings(drawn.settings.home, api="off")
    return TestClient(Starlette(routes=doors(settings, lambda: drawn).routes))


def test_a_picture_is_as_wide_as_asked_and_the_same_the_api_gives(
    drawn: KnowledgeBase, asked: TestClient
) -> None:
    found = asked.get("/gambar/1/1?lebar=480")
    assert found.headers["content-type"] == "image/png"
    assert int.from_bytes(found.content[16:20]) == 480, "the width in the PNG's header"
    settings = Settings(drawn.settings.home, api_per_minute=0)
    api = TestClient(Starlette(routes=doors(settings, lambda: drawn).routes))
    whole = api.get("/api/v1/documents/1/pages/1/image?scale=1")
    assert whole.content == drawn.page_image(1, 1, scale=1).png


def test_a_browser_keeps_what_it_has(drawn: KnowledgeBase, asked: TestClient) -> None:
    plain = asked.get("/gambar/1/1")
    assert plain.headers["cache-control"] == pictures.ASKED
    again = asked.get("/gambar/1/1", headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = asked.get("/gambar/1/1?lebar=480", headers={"If-None-Match": plain.headers["etag"]})
    assert other.status_code == 200, "another width is another picture"
    made_for = drawn.document(1).sha256
    assert asked.get(f"/gambar/1/1?v={made_for}").headers["cache-control"] == pictures.KEPT
    assert asked.get("/gambar/1/1?v=lama").headers["cache-control"] == pictures.ASKED


def test_words_and_what_was_asked_for_are_placed(asked: TestClient) -> None:
    told = asked.get("/gambar/1/1/kata?q=lebak&nama=1").json()
    assert told["problem"] is None
    assert [word[0] for word in told["words"]][:3] == ["Gubernur", "meninjau", "jembatan"]
    assert [word[0] for word in told["words"] if word[5]] == ["gantung", "Lebak"], "ends of lines"
    assert {(box["kind"], box["text"]) for box in told["boxes"]} == {
        ("hit", "Lebak"),
        ("LOC", "jembatan"),
    }
    (place,) = [word for word in told["words"] if word[0] == "Lebak"]
    (hit,) = [box for box in told["boxes"] if box["kind"] == "hit"]
    assert (hit["x0"], hit["x1"]) == pytest.approx((place[1], place[3]), abs=0.01)
    assert asked.get("/gambar/1/1/kata").json()["boxes"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gambar/2/1", 404),
        ("/gambar/3/1", 404),
        ("/gambar/1/9", 404),
        ("/gambar/999/1", 404),
        ("/gambar/1/1?lebar=123", 400),
        ("/gambar/1/1?lebar=-1", 400),
        ("/gambar/99999999999999999999/1", 404),
        ("/gambar/1/1/kata?s=x", 200),
    ],
)
def test_what_cannot_be_drawn_is_said(asked: TestClient, path: str, status: int) -> None:
    found = asked.get(path)
    assert found.status_code == status
    if status != 200:
        assert len(found.json()["detail"]) > 20


def test_why_there_is_no_picture_is_told_to_the_page(asked: TestClient) -> None:
    assert asked.get("/gambar/2/1/kata").json()["problem"] == "gone"
    assert asked.get("/gambar/3/1/kata").json()["problem"] == "none"


def test_one_address_cannot_keep_the_others_waiting(
    drawn: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "PER_MINUTE", 20)
    client = TestClient(Starlette(routes=pictures.routes(lambda: drawn)))
    answers = [client.get("/gambar/2/1/kata").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
