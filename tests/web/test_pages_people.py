"""Entitas, Linimasa, Tren and Pernyataan by themselves: what the address asks is shown."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from streamlit.testing.v1 import AppTest

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import accounts, sessions

pytestmark = pytest.mark.slow

SARI, BAGUS, TONO = "person:sari-wulandari", "person:bagus-pradana", "person:tono-raharja"
Open = Callable[..., Any]
Follow = Callable[[Any, str], Any]
Links = Callable[[Any], Iterable[tuple[str, str]]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("pages") / "index"
    make(Settings(home), home.parent)
    return home


@pytest.fixture
def browse(home: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a page with these parameters in the address; fails where it shows an error."""
    monkeypatch.setenv("KB_HOME", str(home))

    def open_page(page: str, session: dict[str, Any] | None = None, **address: Any) -> Any:
        def script(page: str) -> None:
            from importlib import import_module

            import_module(f"kb.web.pages.{page}").show()

        app = AppTest.from_function(script, kwargs={"page": page}, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        for name, value in (session or {}).items():
            app.session_state[name] = value
        return ran(app)

    return open_page


def editor(settings: Settings) -> dict[str, Any]:
    """What is in the session of an editor of this base."""
    made = accounts.add(settings, "Ani", "editor", "kata-sandi")
    return {"kb_session": sessions.begin(settings, made)}


def home_of() -> Path:
    """The base that ``browse`` shows."""
    return Path(os.environ["KB_HOME"])


def ran(app: Any) -> Any:
    app.run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    return app


def told(app: Any) -> str:
    """All words of the page."""
    html = [str(h.proto.body) for h in app.get("html")]
    return "\n".join([*(str(m.value) for m in app.markdown), *html])


def address(app: Any) -> dict[str, list[str]]:
    return {n: [v] if isinstance(v, str) else list(v) for n, v in app.query_params.items()}


# --- Entitas ------------------------------------------------------------------------


def test_the_list_by_kind_and_name(browse: Open) -> None:
    assert "2 entitas" in told(browse("entitas", jenis="official"))
    app = browse("entitas", q="wulandari")
    assert "1 entitas" in told(app)
    assert "Sari Wulandari" in told(app)


@pytest.mark.parametrize(
    "junk", [{"p": "900"}, {"urut": "acak"}, {"jenis": "xyz"}, {"p": "-1"}, {"peta": "99"}]
)
def test_junk_shows_the_list(browse: Open, junk: dict[str, str]) -> None:
    assert "Sari Wulandari" in told(browse("entitas", **{"jenis": "official"} | junk))


def test_sorting_by_name_stands_in_the_address(browse: Open) -> None:
    app = browse("entitas", jenis="person")
    box = next(s for s in app.selectbox if "name" in str(s.options) or "abjad" in str(s.options))
    box.set_value("name")
    assert address(ran(app))["urut"] == ["name"]


def test_places_have_a_map_with_a_list_of_the_same_counts(browse: Open) -> None:
    words = told(browse("entitas", jenis="place"))
    with open_kb(home_of()) as kb:
        first = kb.place_map().points[0]
    assert f'aria-label="{first.name}: {first.count} penyebutan"' in words
    assert f"<span>{first.name}</span><small>{first.count}</small>" in words
    assert "GeoNames (CC BY 4.0)" in words


def test_a_place_shows_what_is_named_with_it(browse: Open) -> None:
    words = told(browse("entitas", id="place:36.73"))
    beside = words[words.index("kb-beside") :]
    named = re.findall(r"<span>([^<]+)</span><small>", beside[: beside.index("</ul>")])
    assert "Kota Serang" not in named
    assert {"Provinsi Banten", "Kabupaten Serang"} & set(named)


def test_offices_stand_beside_their_dates_with_the_documents_that_say_so(browse: Open) -> None:
    app = browse("entitas", id=SARI)
    words = told(app)
    with open_kb(home_of()) as kb:
        terms = kb.entity(SARI).offices
    for term in terms:
        assert term.label in words
    assert words.count('class="kb-span') == len([term for term in terms if term.begin])
    assert 'class="kb-proofs"' not in words, "made when it is opened"
    app = browse("entitas", session={"evidence": True}, id=SARI)
    assert terms[0].evidence[0].title in told(app)


def test_why_documents_are_about_somebody_is_told(browse: Open) -> None:
    closed = told(browse("entitas", id=SARI))
    opened = told(browse("entitas", session={"links": True}, id=SARI))
    with open_kb(home_of()) as kb:
        links = kb.entity(SARI).links
    offices = {office for link in links for office in link.offices}
    assert "Pj Gubernur, Banten" in offices
    assert all(office in opened for office in offices)
    assert all(link.title in opened for link in links)
    assert "Pj Gubernur, Banten" not in closed, "made when it is opened"


def test_a_year_leads_to_the_documents_of_that_year(browse: Open, links: Links) -> None:
    found = links(browse("entitas", id=SARI))
    years = [a for label, a in found if "penyebutan" in label and "dari=" in a]
    assert years
    assert all(re.search(r"^cari\?tokoh=person.*dari=(\d{4})&sampai=\1$", a) for a in years)


def test_the_circle_is_a_graph_or_a_table(browse: Open, follow: Follow) -> None:
    app = browse("entitas", id=SARI)
    assert 'class="kb-net"' in told(app)
    app = follow(app, "Tabel")
    assert address(app)["tampil"] == ["table"]
    assert 'class="kb-net"' not in told(app)
    assert "<td>Orang</td>" in told(app)


def test_kinds_of_entities_are_links(browse: Open, follow: Follow) -> None:
    app = follow(browse("entitas", p="2"), "Tempat")
    assert address(app) == {"jenis": ["place"]}
    assert address(follow(app, "Tempat")) == {}, "a second click takes it back"


def test_the_part_of_the_map_stands_in_the_address(browse: Open) -> None:
    def part(app: Any) -> Any:
        return next(s for s in app.selectbox if s.key == "map_part")

    app = browse("entitas", jenis="place")
    assert part(app).value == "36", "most of what is named lies in one province"
    part(app).set_value("id")
    app = ran(app)
    assert address(app)["peta"] == ["id"]
    assert part(browse("entitas", jenis="place", peta="id")).value == "id"


def test_staff_take_a_wrong_name_out_on_its_page(
    tmp_path: Path, browse: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    monkeypatch.setenv("KB_HOME", str(settings.home))
    app = browse("entitas", session={**editor(settings), "mend": True}, id=TONO)
    next(b for b in app.button if b.key == "mend_untag").click()
    ran(app)
    with open_kb(settings) as kb:
        assert [c.kind for c in kb.corrections()] == ["untag"]
        assert kb.entity(TONO).summary.mentions == 0


def test_two_side_by_side(browse: Open) -> None:
    words = told(browse("entitas", id=SARI, id2=BAGUS))
    assert "Sari Wulandari" in words
    assert "Bagus Pradana" in words
    assert "Halaman yang menyebut keduanya: 2" in words


def test_an_unknown_entity_is_said(browse: Open) -> None:
    assert "tidak ada" in browse("entitas", id="person:entah").warning[0].value


def test_only_staff_can_mend(tmp_path: Path, browse: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    monkeypatch.setenv("KB_HOME", str(settings.home))
    assert not [b for b in browse("entitas", id=TONO).button if b.key == "mend_untag"]
    app = browse("entitas", session=editor(settings), id=TONO)
    assert [e.label for e in app.expander if "Perbaiki" in e.label]


# --- Linimasa -----------------------------------------------------------------------


def test_the_timeline_starts_empty_and_takes_a_name(browse: Open) -> None:
    app = browse("linimasa")
    app.text_input[0].set_value("Sari Wulandari")
    app = ran(app)
    assert address(app) == {"q": ["Sari Wulandari"]}
    assert "peristiwa" in told(app)


def test_kinds_of_events_stand_in_the_address_and_narrow(browse: Open, follow: Follow) -> None:
    app = follow(browse("linimasa", id=SARI), "Pernyataan")
    assert address(app)["jenis"] == ["statement"]
    words = told(app)
    assert "<small>Pernyataan</small>" in words
    assert "<small>Dokumen</small>" not in words
    app = follow(app, "Dokumen")
    assert address(app)["jenis"] == ["document", "statement"]


def test_a_long_timeline_shows_more_when_asked(
    browse: Open, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.web.pages.linimasa.LISTED", 2)
    app = browse("linimasa", id=SARI)
    assert told(app).count("<time>") == 2
    assert told(follow(app, "Selengkapnya")).count("<time>") == 4


def test_the_range_stands_in_the_address_and_narrows(browse: Open) -> None:
    app = browse("linimasa", id=SARI)
    assert tuple(app.select_slider[0].value) == ("2019", "2024")
    app.select_slider[0].set_value(("2023", "2023"))
    app = ran(app)
    assert address(app) | {"id": []} == {"id": [], "dari": ["2023"], "sampai": ["2023"]}
    assert "2019" not in told(app)
    assert tuple(app.select_slider[0].value) == ("2023", "2023")


@pytest.mark.parametrize(
    "junk",
    [{"dari": "1900"}, {"sampai": "2999-01"}, {"dari": "2023-05-03"}, {"dari": "x", "jenis": "y"}],
)
def test_any_range_in_the_address_is_shown(browse: Open, junk: dict[str, str]) -> None:
    assert "peristiwa" in told(browse("linimasa", **{"id": SARI} | junk))


def test_an_office_that_texts_only_name_says_so(browse: Open) -> None:
    words = told(browse("linimasa", id=SARI, jenis="office_named"))
    assert "pertama disebut" in words


# --- Tren ---------------------------------------------------------------------------


def test_terms_are_added_dropped_and_limited(browse: Open, follow: Follow) -> None:
    app = browse("tren", q="jalan")
    app.text_input[0].set_value("rumah sakit, nelayan")
    app = ran(app)
    assert address(app)["q"] == ["jalan", "rumah sakit", "nelayan"]
    app = follow(app, "Keluarkan dari grafik: jalan")
    assert address(app)["q"] == ["rumah sakit", "nelayan"]
    full = browse("tren", q=["a", "b", "c", "d", "e", "f"])
    assert full.text_input[0].disabled
    assert told(full).count("Keluarkan dari grafik") == 2 * 5, "label and tooltip of each"


def row(app: Any, year: int) -> list[str]:
    """The cells of a year in the table of a trend."""
    line = re.search(rf"<tr><th>{year}</th>(.*?)</tr>", told(app))
    assert line, "no such year"
    return re.findall(r"<td[^>]*>([^<]*)</td>", line[1])


def test_counts_and_denominators_stand_in_the_table(browse: Open) -> None:
    app = browse("tren", q=["jalan", SARI])
    heads = re.findall(r"<th[^>]*>([^<]+)</th>", told(app))
    assert heads[:4] == ["Tahun", "jalan", "Sari Wulandari", "semua halaman"]
    cells = row(app, 2024)
    assert (cells[0], cells[-1]) == ("3", "6")
    assert 'aria-label="jalan, 2024: 3 dari 6 halaman (50,0 %)"' in told(app)


def test_a_filter_narrows_count_and_denominator(browse: Open, follow: Follow) -> None:
    app = browse("tren", session={"jenis": True}, q="jalan")
    whole = int(row(app, 2024)[-1])
    app = follow(app, "RKPD")
    assert address(app)["jenis"] == ["rkpd"]
    assert int(row(app, 2024)[-1]) < whole
    assert "Jenis dokumen (1)" in [p.proto.popover.label for p in app.get("popover")]


def test_a_point_leads_to_the_pages_it_counts(browse: Open, links: Links) -> None:
    by_year = [
        a for label, a in links(browse("tren", q="jalan")) if label.startswith("jalan, 2024")
    ]
    assert by_year == ["cari?q=jalan&tahun=2024"]
    dated = browse("tren", q="jalan", menurut="published", jenis="rkpd")
    found = [a for label, a in links(dated) if label.startswith("jalan, 20")]
    assert found
    assert all(re.search(r"^cari\?jenis=rkpd&q=jalan&dari=(\d+)&sampai=\1$", a) for a in found)
    named = [
        a for label, a in links(browse("tren", q=SARI)) if label.startswith("Sari Wulandari, ")
    ]
    assert named
    assert all(a.startswith("cari?tokoh=person%3Asari-wulandari&tahun=") for a in named)


def test_a_word_may_be_a_name(browse: Open, follow: Follow) -> None:
    app = browse("tren", session={"names": True}, q="sari wulandari")
    app = follow(app, "→ Sari Wulandari")
    assert address(app)["q"] == [SARI]


@pytest.mark.parametrize(
    ("how", "said"), [("published", "pada tahun terbit"), ("?", "setiap tahun yang dicakup")]
)
def test_what_is_counted_is_said(browse: Open, how: str, said: str) -> None:
    assert said in told(browse("tren", q="jalan", menurut=how))


# --- Pernyataan ---------------------------------------------------------------------


def test_statements_narrow_by_a_click(browse: Open, follow: Follow) -> None:
    app = follow(browse("pernyataan"), "Sari Wulandari")
    assert address(app) == {"tokoh": [SARI]}
    assert "dari 2" in told(app)
    assert address(follow(app, "Hapus saringan Sari Wulandari")) == {}


def test_statements_of_two_speakers_are_shown_together(browse: Open, follow: Follow) -> None:
    app = follow(browse("pernyataan"), "Sari Wulandari")
    alone = re.search(r"dari (\d+)", told(app))
    app = follow(app, "Bagus Pradana")
    both = re.search(r"dari (\d+)", told(app))
    assert alone is not None
    assert both is not None
    assert int(both[1]) > int(alone[1])
    assert len(address(app)["tokoh"]) == 2
    assert address(follow(app, "Hapus saringan Sari Wulandari"))["tokoh"] != [SARI]


def test_words_that_nobody_said_are_to_be_dropped(browse: Open, follow: Follow) -> None:
    app = browse("pernyataan", q="zamrud", tokoh=SARI)
    assert address(follow(app, "Tanpa kata itu: 2 pernyataan")) == {"tokoh": [SARI]}


def test_an_institution_by_id_shows_its_name(browse: Open) -> None:
    app = browse("pernyataan", lembaga="institution:dinkes@36")
    box = next(x for x in app.text_input if x.key == "said_at")
    assert box.value == "Dinas Kesehatan Provinsi Banten"
    assert "dari 1" in told(app)


def test_nothing_found_names_what_to_drop(browse: Open, follow: Follow) -> None:
    app = browse("pernyataan", tokoh=SARI, dari="1999", sampai="1999")
    assert "Tidak ada pernyataan" in told(app)
    assert address(follow(app, "2 pernyataan")) == {"tokoh": [SARI]}


@pytest.mark.parametrize(
    "junk", [{"p": "999"}, {"bentuk": "lisan"}, {"dari": "kemarin"}, {"urut": "?"}]
)
def test_junk_shows_all_statements(browse: Open, junk: dict[str, str]) -> None:
    assert "Pernyataan 1–" in told(browse("pernyataan", **junk))
