"""Entitas, Linimasa, Tren and Pernyataan by themselves: what the address asks is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from streamlit.testing.v1 import AppTest

from kb.config import Settings
from kb.explore import open_kb

SARI, BAGUS, TONO = "person:sari-wulandari", "person:bagus-pradana", "person:tono-raharja"
Open = Callable[..., Any]
Follow = Callable[[Any, str], Any]


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


def test_places_have_a_map_with_a_table_of_the_same_counts(browse: Open) -> None:
    app = browse("entitas", jenis="place")
    assert len(app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")) == 1
    table = app.dataframe[0].value
    assert "Kota Serang" in list(table.iloc[:, 0])
    assert any("GeoNames (CC BY 4.0)" in c.value for c in app.caption)


def test_a_place_shows_what_is_named_with_it(browse: Open) -> None:
    app = browse("entitas", id="place:36.73")
    names = list(app.dataframe[0].value.iloc[:, 0])
    assert "Kota Serang" not in names
    assert "Provinsi Banten" in names or "Kabupaten Serang" in names


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
    app = browse("entitas", session={"kb_admin": True, "mend": True}, id=TONO)
    next(b for b in app.button if b.key == "mend_untag").click()
    ran(app)
    with open_kb(settings) as kb:
        assert [c.kind for c in kb.corrections()] == ["untag"]
        assert kb.entity(TONO).summary.mentions == 0


def test_two_side_by_side(browse: Open) -> None:
    words = told(browse("entitas", id=SARI, id2=BAGUS))
    assert "Sari Wulandari" in words
    assert "Bagus Pradana" in words
    assert "Disebut bersama di 2 halaman" in words


def test_an_unknown_entity_is_said(browse: Open) -> None:
    assert "tidak ada" in browse("entitas", id="person:entah").warning[0].value


def test_only_staff_can_mend(home: Path, tmp_path: Path, browse: Open) -> None:
    assert not [b for b in browse("entitas", id=TONO).button if b.key == "mend_untag"]
    app = browse("entitas", session={"kb_admin": True}, id=TONO)
    assert [e.label for e in app.expander if "Perbaiki" in e.label]


# --- Linimasa -----------------------------------------------------------------------


def test_the_timeline_starts_empty_and_takes_a_name(browse: Open) -> None:
    app = browse("linimasa")
    app.text_input[0].set_value("Sari Wulandari")
    app = ran(app)
    assert address(app) == {"q": ["Sari Wulandari"]}
    assert "peristiwa" in told(app)


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
    words = told(browse("linimasa", id=SARI, jenis="office_end"))
    assert "terakhir disebut" in words


# --- Tren ---------------------------------------------------------------------------


def test_terms_are_added_dropped_and_limited(browse: Open) -> None:
    app = browse("tren", q="jalan")
    app.text_input[0].set_value("rumah sakit, nelayan")
    app = ran(app)
    assert address(app)["q"] == ["jalan", "rumah sakit", "nelayan"]
    next(b for b in app.button if b.label == "jalan").click()
    assert address(ran(app))["q"] == ["rumah sakit", "nelayan"]
    full = browse("tren", q=["a", "b", "c", "d", "e", "f"])
    assert full.text_input[0].disabled
    assert len([b for b in full.button if str(b.key).startswith("term_")]) == 5


def test_counts_and_denominators_stand_in_the_table(browse: Open) -> None:
    table = browse("tren", q=["jalan", SARI]).dataframe[0].value
    assert set(table.columns) == {"jalan", "Sari Wulandari", "semua halaman"}
    assert (table.loc[2024, "jalan"], table.loc[2024, "semua halaman"]) == (3, 6)


def test_a_filter_narrows_count_and_denominator(browse: Open) -> None:
    app = browse("tren", q="jalan")
    kinds = app.multiselect[1]
    assert len(kinds.options) < 40
    kinds.set_value(["rkpd"])
    app = ran(app)
    assert address(app)["jenis"] == ["rkpd"]
    table = app.dataframe[0].value
    assert table["jalan"].sum() >= 1
    assert table.loc[2024, "semua halaman"] < 6


def test_a_word_may_be_a_name(browse: Open) -> None:
    app = browse("tren", q="sari wulandari")
    next(b for b in app.button if str(b.key) == "swap_0").click()
    assert address(ran(app))["q"] == [SARI]


def test_what_counts_by_publication_is_said(browse: Open) -> None:
    app = browse("tren", q="jalan", menurut="published")
    assert any("tahun terbit" in c.value for c in app.caption)
    assert any("dicakup" in c.value for c in browse("tren", q="jalan", menurut="?").caption)


# --- Pernyataan ---------------------------------------------------------------------


def test_statements_narrow_by_a_click(browse: Open, follow: Follow) -> None:
    app = follow(browse("pernyataan"), "Sari Wulandari")
    assert address(app) == {"tokoh": [SARI]}
    assert "dari 2" in told(app)
    assert address(follow(app, "Hapus saringan Sari Wulandari")) == {}


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
