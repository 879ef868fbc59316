# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Who speaks: signed quotations, offices behind a cue, subjects in apposition; our own sentences."""

from __future__ import annotations

import pytest
from marked_statements import told

from kb.model import Office

MAYOR = "Wali Kota [Sekar Ningtyas] membuka acara. Camat [Udin Noor] mengatakan jalan rusak parah."


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        # signed behind a dash, at the end of the line only
        (f"{MAYOR}\n\n“Kita harus menjaga uang rakyat bersama-sama” - [Sekar Ningtyas]", "Sekar Ningtyas"),
        (f"{MAYOR}\n\n“Kita harus menjaga uang rakyat bersama-sama” – Wali Kota [Sekar]", "Sekar Ningtyas"),
        (f"{MAYOR}\n\n“Kita harus menjaga uang rakyat bersama-sama” - Wali Kota", "Sekar Ningtyas"),
        (f"{MAYOR}\n\n“Kita harus menjaga uang rakyat bersama-sama.” - Acara [Sekar] ditutup doa.", "Udin Noor"),
        # the office behind the cue
        (f"{MAYOR} “Jangan dibelikan rokok,” ujarnya wali kota disambut tawa.", "Sekar Ningtyas"),
        (f"{MAYOR} “Jangan dibelikan rokok,” ujarnya bupati disambut tawa.", "Udin Noor"),
        # what a colon announces is not told by the sentence behind it
        (f"{MAYOR} Jawabnya: “Tidak punya utang.” [Sekar] berharap semua ikut.", "Udin Noor"),
        # somebody between commas behind what they are
        (f"{MAYOR} Pasien dari Desa Sukasari, Emak [Ijah], terharu. “Bisa lihat cucu lagi,” ucapnya.", "Ijah"),
        (f"{MAYOR} Wisudawan tertua, Mbah [Kromo], tersenyum. “Bisa lihat cucu lagi,” ucapnya.", "Kromo"),
        (f"{MAYOR} Dalam rapat dengan warga, Mbah [Kromo], hadir. “Bisa lihat cucu lagi,” ucapnya.", "Udin Noor"),
    ],
)  # fmt: skip
def test_who_speaks(marked: str, speaker: str) -> None:
    offices = (
        Office("Sekar Ningtyas", "Wali Kota", None),
        Office("Udin Noor", "Camat", None),
    )
    direct = [who for words, who, _ in told(marked, *offices) if not words.startswith("jalan")]
    assert direct[0] == speaker


def test_who_quotes_somebody_goes_on_speaking() -> None:
    marked = (
        "[Sekar Ningtyas] mengutip seorang tokoh yang mengatakan bahwa sistem keuangan itu penting.\n\n"
        "“Tugas saudara tidak ringan,” katanya."
    )
    assert told(marked)[-1][1] == "Sekar Ningtyas"
