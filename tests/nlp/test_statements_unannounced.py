"""Who speaks where no reporting word says so, or only half of one; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import read_offices
from kb.nlp.statements import extract_statements, sentence_spans
from tests.nlp.marked import unmark

NLP = make_nlp()

SPEAKERS: list[tuple[str, list[tuple[str, str | None]]]] = [
    # a whole sentence in quotation marks behind a full stop, without a mark of its own
    (
        'Plt Kadis {P:Vinsen Lelo} berkelit. "Anggaran kita dipotong"',
        [("Anggaran kita dipotong", "Vinsen Lelo")],
    ),
    (
        '{P:Baso Tenri} tidak banyak komentar.\n"Alhamdulillah. Capek saya teriak"\nLalu bubar.',
        [("Alhamdulillah. Capek saya teriak", "Baso Tenri")],
    ),
    (
        'pelatih {P:yosep magal} angkat tangan. "lampu jalan mati tiga bulan bapa"',
        [("lampu jalan mati tiga bulan bapa", "yosep magal")],
    ),
    # a title or a slogan is no speech
    ('{P:Rina Dewi} membuka acara. "Sukamulya Bersih Sehat"', []),
    ('{P:Rina Dewi} membuka acara. "Ayo menanam" menjadi tema tahun ini.', []),
    # a comma instead of a reporting word
    (
        'Camat {P:Hendro} juga hadir, "warga tolong lapor kalau ada kasus serupa"',
        [("warga tolong lapor kalau ada kasus serupa", "Hendro")],
    ),
    # each line of a chat has its own speaker
    (
        'Ketua RW {P:Sukirno}: "siap pak, warga sudah biasa"\n{P:Melani} menambahkan gerobak '
        'akan ditambah.\n"Nanti kami ajukan di rapat" ujar beliau',
        [
            ("siap pak, warga sudah biasa", "Sukirno"),
            ("Nanti kami ajukan di rapat", "Melani"),
        ],
    ),
    # a suspect's own words in his own paragraph; "kami" is the police
    (
        'Kapolsek {P:Joni Pardi} membenarkan.\n\n{P:RF} mengaku butuh uang. "Khilaf pak, kalah '
        'terus," katanya.\n\n"Ancamannya 7 tahun," katanya.',
        [("Khilaf pak, kalah terus,", "RF"), ("Ancamannya 7 tahun,", "Joni Pardi")],
    ),
    (
        'Kapolsek {P:Joni Pardi} membenarkan.\n\n{P:RF} mengaku butuh uang. "Masih kami dalami," '
        "katanya.",
        [("Masih kami dalami,", "Joni Pardi")],
    ),
    # what the speaker is or was
    (
        'Kapolres {L:Pati} {P:Candra Wijaya} datang.\n\n"Kami siap," ujar alumnus Akpol 2005.\n\n'
        '"Terus dijaga," ungkap mantan Kapolsek {L:Juwana}.',
        [("Kami siap,", "Candra Wijaya"), ("Terus dijaga,", "Candra Wijaya")],
    ),
    # an office that nobody holds in this text speaks under its own name
    (
        "Festival dibuka oleh Bupati {L:Sijunjung}. Dalam sambutannya, beliau menyampaikan "
        'harapan. "Adat ini harus kita jaga," ucapnya.\n\nWisatawan {P:Ahmad Kulin} senang.',
        [("Adat ini harus kita jaga,", "Bupati Sijunjung")],
    ),
    (
        "Wabup {L:Belu} berpesan kepada camat. Camat diminta tanggap. Camat perlu turun.\n\n"
        '"Warga menunggu kita," katanya.\n\nCamat lama {P:Sanusi} pamit kepada Camat {P:Amir}.',
        [("Warga menunggu kita,", "Wabup Belu")],
    ),
    # forms of address lead to the one who bears them
    (
        'Hadir mbah {P:Painem} dan {P:Bambang Sutejo}.\n\n"Matur nuwun sanget," ujar si mbah 🙏',
        [("Matur nuwun sanget,", "Painem")],
    ),
    (
        'kepala puskesmas {P:ayu lestari} hadir bersama {P:djufri tamrin}.\n\n"kami sudah minta," '
        "ujar dr ayu kepada wartawan.",
        [("kami sudah minta,", "ayu lestari")],
    ),
    # a name misspelt in two letters is still one person
    (
        'Kapolres {L:Pati} {P:Candra Sasono} datang.\n\n{P:Condra Sasona} pulang.\n\n"Kami siap," '
        "kata Kapolres.",
        [("Kami siap,", "Candra Sasono")],
    ),
    # a middle part of a name behind a form of address, an office with "nya" before a name
    (
        'Bupati {P:Fransiskus Lian} hadir bersama {P:Ambros Sadau}.\n\n"Kita beli baru," janji '
        "Bang {P:Sis}.",
        [("Kita beli baru,", "Fransiskus Lian")],
    ),
    (
        'Kabidnya pak {P:Nor Wahid} hadir.\n\n{P:Siti Aminah} senang.\n\n"Maaf ya warga," ujar '
        "pak kabid.",
        [("Maaf ya warga,", "Nor Wahid")],
    ),
    # a cue in "-nya" behind a subject of its own sentence
    (
        'Camat {P:Hendro} berkata, "Sabar ya warga." Bu RT {P:Siti Aminah} mencuci semalaman '
        'katanya, "numpuk tiga hari"',
        [("Sabar ya warga.", "Hendro"), ("numpuk tiga hari", "Siti Aminah")],
    ),
    # several people are not the last speaker
    (
        '{P:Hadi Waluyo} pergi. Perwakilan warga mengajak bertemu. "Harapan kami sama," ujarnya.',
        [("Harapan kami sama,", "Perwakilan warga")],
    ),
]


def speakers(marked: str) -> list[tuple[str, str | None]]:
    text, mentions = unmark(marked)
    doc = NLP.make_doc(text)
    offices, posts = read_offices(doc, mentions)
    found = extract_statements(
        text, mentions, [*offices, *posts], sentence_spans(doc), weighed=False
    )
    return [(s.surface, s.speaker) for s in found if s.kind == "direct"]


@pytest.mark.parametrize(("marked", "expected"), SPEAKERS)
def test_speakers_of_quotations_that_nothing_announces(
    marked: str, expected: list[tuple[str, str | None]]
) -> None:
    assert speakers(marked) == expected


def test_several_people_that_itu_points_at_are_themselves() -> None:
    text, mentions = unmark("{P:Hadi Waluyo} pergi. Para guru itu berpendapat bahwa dana telat.")
    doc = NLP.make_doc(text)
    (found,) = extract_statements(text, mentions, [], sentence_spans(doc), weighed=False)
    assert found.speaker == "Para guru itu"
