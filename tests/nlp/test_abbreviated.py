"""Offices cut short by syllables, as press offices make them."""

from __future__ import annotations

import pytest
from marked_statements import told

from kb.model import Office
from kb.nlp.statements.abbreviated import abbreviates
from kb.nlp.statements.cues import cues


@pytest.mark.parametrize(
    ("short", "office"),
    [
        ("kakankemenag", "kepala kantor kementerian agama kota ambon"),
        ("danlantamal", "komandan lantamal tarakan"),
        ("kadisperindagkop", "kepala dinas perindustrian perdagangan koperasi dan ukm"),
        ("kadispusip", "kepala dinas perpustakaan dan kearsipan"),
        ("warek", "wakil rektor bidang akademik"),
        ("kaban", "kepala bappeda"),
        ("kadis", "kepala disperindag"),
        ("kasi intel", "kasi intelijen kejaksaan negeri"),
    ],
)
def test_short_offices_are_known(short: str, office: str) -> None:
    assert abbreviates(short.split(), office.split(), cues().office_pieces)


@pytest.mark.parametrize(
    ("short", "office"),
    [
        ("kadis", "kepala bidang pengairan"),
        ("kabid", "kepala dinas kesehatan"),
        ("kades", "kepala dinas kesehatan"),
        ("sekda", "kepala dinas daerah"),
        ("ka", "kepala dinas kesehatan"),
        ("kepala", "kepala dinas kesehatan"),
    ],
)
def test_others_are_not(short: str, office: str) -> None:
    assert not abbreviates(short.split(), office.split(), cues().office_pieces)


@pytest.mark.parametrize(
    ("cue", "speaker"),
    [
        ("Kakankemenag", "Abdul Gafur"),
        ("Asisten II", "Hendra Wijaya"),
        ("Asisten I", "Asisten I"),
    ],
)
def test_who_is_cut_short(cue: str, speaker: str) -> None:
    marked = (
        "Kepala Kantor Kementerian Agama [Abdul Gafur] dan Asisten Perekonomian [Hendra Wijaya]"
        f" hadir. “Kita tinggal menyiram akarnya,” tutur {cue}."
    )
    offices = (
        Office("Abdul Gafur", "Kepala Kantor", "Kementerian Agama"),
        Office("Hendra Wijaya", "Asisten Perekonomian", None),
    )
    assert [who for _, who, _ in told(marked, *offices)] == [speaker]
