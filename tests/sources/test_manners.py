"""Traps of real sites, and what a guest does there."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import shapes
from served import Answer, Served

from kb.config import Settings
from kb.sources import addresses
from kb.sources.fetching import Fetcher
from kb.sources.guard import is_public
from kb.sources.judging import judge
from kb.sources.manners import Manners
from kb.sources.refusals import Gone, Later, Refused, Unreachable
from kb.sources.report import Outcome

Add = Callable[..., str]
Fetch = Callable[..., Outcome]


def test_robots_that_forbid_are_obeyed(site: Served, fetcher: Fetcher):
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /rahasia/\n", "text/plain")
    site.pages["/rahasia/a"] = site.pages["/umum"] = Answer("<p>isi</p>")
    fetcher.get(f"{site.base}/umum")
    with pytest.raises(Refused, match=r"robots\.txt asks not to"):
        fetcher.get(f"{site.base}/rahasia/a")
    assert site.counts()["/rahasia/a"] == 0
    assert site.counts()["/robots.txt"] == 1


def test_robots_of_this_program_alone(site: Served, fetcher: Fetcher):
    site.pages["/robots.txt"] = Answer(
        "User-agent: kb-pemprov\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "text/plain"
    )
    with pytest.raises(Refused, match="robots"):
        fetcher.get(f"{site.base}/umum")


def test_a_redirect_to_a_forbidden_page_is_forbidden(site: Served, fetcher: Fetcher):
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /rahasia\n", "text/plain")
    site.pages["/buka"] = Answer(status=302, headers={"location": "/rahasia"})
    with pytest.raises(Refused, match="robots"):
        fetcher.get(f"{site.base}/buka")


def test_the_delay_robots_ask_for_is_kept(site: Served, settings: Settings):
    site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 7\n", "text/plain")
    site.pages["/a"] = site.pages["/b"] = Answer("<p>isi</p>")
    waited: list[float] = []
    with Fetcher(settings, Manners(0.0, 100, sleep=waited.append)) as fetcher:
        fetcher.get(f"{site.base}/a")
        fetcher.get(f"{site.base}/b")
    assert [round(seconds) for seconds in waited] == [7, 7]


def test_the_agent_is_honest(site: Served, fetcher: Fetcher):
    site.pages["/a"] = Answer("<p>isi</p>")
    fetcher.get(f"{site.base}/a")
    assert all(agent.startswith("kb-pemprov/") for agent in site.agents)
    assert all("(+arsip@contoh.id)" in agent for agent in site.agents)


def test_a_redirect_into_the_own_network_is_refused(site: Served, fetcher: Fetcher):
    site.pages["/buka"] = Answer(
        status=302, headers={"location": "http://169.254.169.254/latest/meta-data/"}
    )
    with pytest.raises(Refused, match=r"private address: 169\.254\.169\.254"):
        fetcher.get(f"{site.base}/buka")


def test_a_name_that_leads_into_the_own_network_is_refused(site: Served, settings: Settings):
    port = site.base.rpartition(":")[2]
    with (
        Fetcher(
            settings, Manners(0.0, 10), resolver=lambda name, port: ["203.0.114.7", "10.0.0.5"]
        ) as fetcher,
        pytest.raises(Refused, match=r"private address: situs\.contoh\.id leads to 10\.0\.0\.5"),
    ):
        fetcher.get(f"http://situs.contoh.id:{port}/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "224.0.0.1",
        "2002:a00:1::",
    ],
)
def test_addresses_of_the_own_network(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["103.10.105.4", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_addresses_of_the_internet(address: str):
    assert is_public(address)


def test_loopback_is_refused_where_it_is_not_allowed_by_name(site: Served, settings: Settings):
    site.pages["/a"] = Answer("<p>isi</p>")
    shut = replace(settings, private_hosts="")
    with Fetcher(shut, Manners(0.0, 10)) as fetcher, pytest.raises(Refused, match="private"):
        fetcher.get(f"{site.base}/a")
    assert site.asked == []


def test_redirects_in_a_circle(site: Served, fetcher: Fetcher):
    site.pages["/a"] = Answer(status=302, headers={"location": "/b"})
    site.pages["/b"] = Answer(status=302, headers={"location": "/a"})
    with pytest.raises(Refused, match="circle"):
        fetcher.get(f"{site.base}/a")


def test_redirects_without_end(site: Served, fetcher: Fetcher):
    site.otherwise = lambda path, headers: Answer(status=302, headers={"location": path + "x"})
    site.pages["/robots.txt"] = Answer("", "text/plain")
    with pytest.raises(Refused, match="more than 5"):
        fetcher.get(f"{site.base}/a")


def test_an_unchanged_page_is_a_304(site: Served, fetcher: Fetcher):
    site.pages["/a"] = Answer("<p>isi</p>", etag='"satu"')
    first = fetcher.get(f"{site.base}/a")
    again = fetcher.get(f"{site.base}/a", etag=first.headers["etag"])
    assert again.unchanged
    assert again.body == b""


def test_429_with_retry_after_is_waited_for(site: Served, settings: Settings):
    answers = [Answer(status=429, headers={"retry-after": "20"}), Answer("<p>isi</p>")]
    site.pages["/robots.txt"] = Answer("", "text/plain")
    site.pages["/a"] = lambda path, headers: answers.pop(0)
    waited: list[float] = []
    with Fetcher(settings, Manners(0.0, 100, sleep=waited.append), pauses=(1.0,)) as fetcher:
        assert fetcher.get(f"{site.base}/a").body == b"<p>isi</p>"
    assert waited == [20.0]


def test_a_long_retry_after_leaves_the_host_alone(site: Served, fetcher: Fetcher):
    later = format_datetime(datetime.now(UTC) + timedelta(hours=3), usegmt=True)
    site.pages["/robots.txt"] = Answer("", "text/plain")
    site.pages["/a"] = Answer(status=503, headers={"retry-after": later})
    with pytest.raises(Later, match="left alone until"):
        fetcher.get(f"{site.base}/a")
    asked = len(site.asked)
    with pytest.raises(Later):
        fetcher.get(f"{site.base}/b")
    assert len(site.asked) == asked


def test_a_host_that_fails_is_tried_again_and_then_given_up(site: Served, settings: Settings):
    site.pages["/robots.txt"] = Answer("", "text/plain")
    site.pages["/a"] = Answer(status=500)
    waited: list[float] = []
    manners = Manners(0.0, 100, sleep=waited.append)
    with Fetcher(settings, manners) as fetcher, pytest.raises(Unreachable, match="answered 500"):
        fetcher.get(f"{site.base}/a")
    assert waited == [2.0, 8.0, 30.0]


def test_the_budget_of_a_day_ends_the_asking(site: Served, settings: Settings):
    site.pages["/robots.txt"] = Answer("", "text/plain")
    site.pages["/a"] = Answer("<p>isi</p>")
    with Fetcher(settings, Manners(0.0, 3)) as fetcher:
        fetcher.get(f"{site.base}/a")
        fetcher.get(f"{site.base}/a")
        with pytest.raises(Later, match="it goes on tomorrow"):
            fetcher.get(f"{site.base}/a")
    assert len(site.asked) == 3


def test_a_pdf_that_is_too_large_is_not_fetched(site: Served, fetcher: Fetcher):
    site.pages["/besar.pdf"] = Answer(
        b"%PDF", "application/pdf", headers={"content-length": str(200_000_000)}
    )
    with pytest.raises(Refused, match="too large: it has 200 MB, 1 MB are taken"):
        fetcher.get(f"{site.base}/besar.pdf")


def test_a_gzip_bomb_is_stopped(site: Served, fetcher: Fetcher):
    bomb = gzip.compress(bytes(64 << 20))
    site.pages["/bom"] = Answer(bomb, headers={"content-encoding": "gzip"})
    with pytest.raises(Refused, match="too large: it unpacks to more"):
        fetcher.get(f"{site.base}/bom")


def test_packed_pages_are_unpacked(site: Served, fetcher: Fetcher):
    site.pages["/a"] = Answer(gzip.compress(b"<p>isi</p>"), headers={"content-encoding": "gzip"})
    assert fetcher.get(f"{site.base}/a").body == b"<p>isi</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Halaman Tidak Ditemukan - Dinas</title></head><body></body></html>",
        "<html><body><h1>404</h1><p>Maaf, halaman ini tidak ada.</p></body></html>",
    ],
)
def test_a_page_that_only_says_it_is_not_there(site: Served, fetcher: Fetcher, page: str):
    site.pages["/a"] = Answer(page)
    with pytest.raises(Gone, match="there is no such page"):
        judge(f"{site.base}/a", fetcher.get(f"{site.base}/a"))


def test_a_release_about_a_404_is_a_release(site: Served, fetcher: Fetcher):
    long = "<p>" + "Situs pemerintah daerah yang rusak segera diperbaiki. " * 20 + "</p>"
    site.pages["/a"] = Answer(f"<html><body><h1>Tidak Ditemukan</h1>{long}</body></html>")
    judge(f"{site.base}/a", fetcher.get(f"{site.base}/a"))


def test_a_page_that_leads_to_the_front_page_is_gone(site: Served, fetcher: Fetcher):
    site.pages["/a"] = Answer(status=302, headers={"location": "/"})
    site.pages["/"] = Answer("<html><body><h1>Selamat datang</h1></body></html>")
    with pytest.raises(Gone, match="front page"):
        judge(f"{site.base}/a", fetcher.get(f"{site.base}/a"))


def test_a_page_behind_a_login_is_refused(site: Served, fetcher: Fetcher):
    site.pages["/a"] = Answer(status=302, headers={"location": "/login"})
    site.pages["/login"] = Answer("<html><form><input type='password'></form></html>")
    with pytest.raises(Refused, match="signs in"):
        judge(f"{site.base}/a", fetcher.get(f"{site.base}/a"))


def test_a_calendar_has_an_end(site: Served, settings: Settings, add: Add, fetch: Fetch):
    def month(path: str, headers: object) -> Answer:
        if not path.startswith("/acara"):
            return Answer("<h1>404</h1>", status=404)
        number = int(path.rpartition("=")[2]) if "=" in path else 1
        rows = "".join(
            f"<h3><a href='/acara-rutin/{n}'>Rapat Koordinasi Rutin Nomor {n}</a></h3>"
            for n in range(3)
        )
        onward = f"<a rel='next' href='/acara?page={number + 1}'>Berikutnya</a>"
        return Answer(f"<html><body>{rows}{onward}</body></html>")

    site.otherwise = month
    for n in range(3):
        site.pages[f"/acara-rutin/{n}"] = Answer(shapes.article(f"Rapat Koordinasi {n}", n))
    add(f"{site.base}/acara")
    found = fetch()
    assert found.listed == 3
    assert len([path for path in site.asked if path.startswith("/acara?")]) <= 3


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/berita/10-kabar-baik", True),
        ("/read/press/12", True),
        ("/2025/03/posyandu-1/", True),
        ("/index.php?option=com_content&view=article&id=7", True),
        ("/storage/rpjmd.pdf", True),
        ("/tag/banten", False),
        ("/kategori/berita", False),
        ("/?s=gubernur", False),
        ("/pencarian?q=apbd", False),
        ("/kalender/2025/04", False),
        ("/agenda?date=2025-04-01", False),
        ("/login", False),
        ("/wp-admin/", False),
        ("/page/3/", False),
        ("/logo.png", False),
        ("/", False),
    ],
)
def test_what_may_be_a_document(path: str, right: bool):
    assert addresses.wanted(f"https://dinkes.contoh.go.id{path}") is right


def test_addresses_are_cleaned():
    base = "https://dinkes.contoh.go.id/berita/"
    assert addresses.whole("baca;jsessionid=A1?id=3&utm_source=x&sid=9#atas", base) == (
        "https://dinkes.contoh.go.id/berita/baca?id=3"
    )
    assert addresses.whole("mailto:a@b.id", base) is None
    assert addresses.whole("javascript:void(0)", base) is None
    assert addresses.whole("https://a:b@c.id/x", base) is None
