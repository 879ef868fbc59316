"""The Streamlit app: navigation only. Pages are in ``kb/web/pages``."""

import streamlit as st

from kb.web import nav, staff, theme
from kb.web.frame import page
from kb.web.pages import (
    antrean,
    banyak,
    beranda,
    cari,
    dokumen,
    entitas,
    ikuti,
    indikator,
    kelola,
    klaim,
    koleksi,
    linimasa,
    pernyataan,
    sumber,
    tren,
)
from kb.web.parts import door
from kb.web.state import t

st.set_page_config(page_title=t("app.name"), page_icon=theme.ICON, layout="wide")

nav.build(
    {
        "beranda": page(beranda.show),
        "cari": page(cari.show),
        "pernyataan": page(pernyataan.show),
        "entitas": page(entitas.show),
        "linimasa": page(linimasa.show),
        "tren": page(tren.show),
        "indikator": page(indikator.show),
        "klaim": page(klaim.show),
        "koleksi": page(koleksi.show),
        "antrean": page(antrean.show),
        "kelola": page(kelola.show),
        "dokumen": page(dokumen.show),
        "sumber": page(sumber.show),
        "ikuti": page(ikuti.show),
        "banyak": page(banyak.show),
    },
    hidden=(
        *("dokumen", "sumber", "ikuti", "banyak"),
        *(() if door.enabled() else ("kelola",)),
        *(() if staff.may_mend() else ("antrean",)),
        *(() if staff.person() else ("koleksi",)),
    ),
).run()
