"""Reports behind an act, behind each other, to an audience, in headlines; all our own."""

from __future__ import annotations

import pytest

from tests.nlp.marked_statements import told

Row = tuple[str, str | None, str | None]

BEHIND_AN_ACT: list[tuple[str, list[Row]]] = [
    (
        "Bupati [Made Wirya] mengapresiasi perajin dan berharap mereka terus berkarya.",
        [("mereka terus berkarya.", "Made Wirya", "berharap")],
    ),
    (
        "Bupati [Made Wirya] mengajak warga sabar, serta berharap semoga wabah cepat berlalu.",
        [("semoga wabah cepat berlalu.", "Made Wirya", "berharap")],
    ),
    (
        "Camat [Rina Wati] menyambut tamu itu dan juga menegaskan jalan akan diperbaiki.",
        [("jalan akan diperbaiki.", "Rina Wati", "menegaskan")],
    ),
    # what others are asked to do
    ("Camat [Rina Wati] meminta warga waspada dan melaporkan setiap kejadian.", []),
    ("Camat [Rina Wati] mengajak warga tenang dan yakin bantuan akan datang.", []),
    ("Camat [Rina Wati] mengapresiasi warga dan memastikan kesiapan posko.", []),
]

TWO: list[tuple[str, list[Row]]] = [
    (
        "Camat [Rina Wati] mengaku kecewa, tetapi menyebut warga tetap akan dibantu.",
        [
            ("kecewa", "Rina Wati", "mengaku"),
            ("warga tetap akan dibantu.", "Rina Wati", "menyebut"),
        ],
    ),
    (
        "Camat [Rina Wati] membenarkan kabar itu, namun menyatakan bahwa warga sudah pulang.",
        [("warga sudah pulang.", "Rina Wati", "menyatakan")],
    ),
    (
        "[Suparlan] mengeluh kebun kopinya terendam setiap musim dan berharap siring dibeton.",
        [
            ("kebun kopinya terendam setiap musim", "Suparlan", "mengeluh"),
            ("siring dibeton.", "Suparlan", "berharap"),
        ],
    ),
    # those he speaks of hope so
    (
        "[Hasnida] menyebut, keluarganya telah melapor dan berharap tanggul cepat ditutup.",
        [
            (
                "keluarganya telah melapor dan berharap tanggul cepat ditutup.",
                "Hasnida",
                "menyebut",
            )
        ],
    ),
    (
        "[Hasnida] menyebut warga sudah melapor dan berharap tanggul cepat ditutup.",
        [("warga sudah melapor dan berharap tanggul cepat ditutup.", "Hasnida", "menyebut")],
    ),
]

TWO_WORDS: list[tuple[str, list[Row]]] = [
    (
        "Kadis [Indra Gani] memberikan klarifikasi resmi bahwa aktivasi tidak dilakukan di rumah.",
        [("aktivasi tidak dilakukan di rumah.", "Indra Gani", "memberikan klarifikasi")],
    ),
    (
        "Kadis [Indra Gani] mengeluarkan pernyataan bahwa stok aman.",
        [("stok aman.", "Indra Gani", "mengeluarkan pernyataan")],
    ),
    ("Kadis [Indra Gani] mendapat informasi bahwa stok aman.", []),
    ("Kadis [Indra Gani] memberikan bantuan kepada warga yang tahu bahwa stok habis.", []),
    (
        "Kadis [Indra Gani] berpesan kepada para santri agar menjaga kesehatan.",
        [("agar menjaga kesehatan.", "Indra Gani", "berpesan")],
    ),
    (
        "Kadis [Indra Gani] menekankan kepada para pilot untuk menyiapkan diri.",
        [("untuk menyiapkan diri.", "Indra Gani", "menekankan")],
    ),
    ("Kadis [Indra Gani] meminta kepada para pilot untuk menyiapkan diri.", []),
    ("Kadis [Indra Gani] menekankan kepada para pilot pentingnya latihan.", []),
    (
        "{KPK} mengumumkan menyita uang ratusan juta rupiah.",
        [("menyita uang ratusan juta rupiah.", "KPK", "mengumumkan")],
    ),
    ("{KPK} mengumumkan hasil penyitaan uang.", []),
]

LONG_SUBJECTS: list[tuple[str, list[Row]]] = [
    (
        "Kapolres [Budi Arya] menyatakan informasi yang beredar di media sosial tentang bom di "
        "pelabuhan itu adalah kabar bohong.",
        [
            (
                "informasi yang beredar di media sosial tentang bom di pelabuhan itu adalah kabar "
                "bohong.",
                "Budi Arya",
                "menyatakan",
            )
        ],
    ),
    (
        "Kadis [Rina Wati] menyampaikan pemeriksaan yang menjadi bagian dari layanan cepat bagi "
        "penumpang bus antarkota dan antarpulau di dua terminal ini meliputi tekanan darah.",
        [
            (
                "pemeriksaan yang menjadi bagian dari layanan cepat bagi penumpang bus antarkota "
                "dan antarpulau di dua terminal ini meliputi tekanan darah.",
                "Rina Wati",
                "menyampaikan",
            )
        ],
    ),
    ("Kadis [Rina Wati] menyampaikan apresiasi atas kegiatan yang digelar warga desa ini.", []),
    # a verb far behind its subject, with a clause between or without
    (
        "{Kementerian Sosial} memastikan enam korban kekerasan oleh guru di sebuah pondok "
        "pesantren Kubu Raya, Kalimantan Barat, pekan lalu dapat melanjutkan sekolah.",
        [
            (
                "enam korban kekerasan oleh guru di sebuah pondok pesantren Kubu Raya, Kalimantan "
                "Barat, pekan lalu dapat melanjutkan sekolah.",
                "Kementerian Sosial",
                "memastikan",
            )
        ],
    ),
    (
        "Kadis [Rina Wati] memaparkan pembangunan jalan, jembatan dan pasar di kecamatan sebelah "
        "utara kota dan di kota itu sendiri yang akan dilanjutkan.",
        [],
    ),
    # a state of the speaker
    (
        "[Hari Tanjung] menyatakan mundur dari pengurus koperasi.",
        [("mundur dari pengurus koperasi.", "Hari Tanjung", "menyatakan")],
    ),
    ("[Hari Tanjung] membenarkan kekurangan dokter itu.", []),
    (
        "Camat [Hari Tanjung] membuka rapat. Dikatakannya, 270 keluarga di luar daftar itu.",
        [("270 keluarga di luar daftar itu.", "Hari Tanjung", "Dikatakannya")],
    ),
    (
        "Kadis [Rina Wati] membuka pasar. Selain itu, dikatakannya program ini membantu petani.",
        [("program ini membantu petani.", "Rina Wati", "dikatakannya")],
    ),
]

ALIKE: list[tuple[str, list[Row]]] = [
    (
        "Hal senada disampaikan Camat [Rina Wati], jalan itu akan diperbaiki.",
        [("jalan itu akan diperbaiki.", "Rina Wati", "disampaikan")],
    ),
    (
        "Hal yang sama ditegaskan oleh [Rina Wati], bahwa jalan itu akan diperbaiki.",
        [("jalan itu akan diperbaiki.", "Rina Wati", "ditegaskan")],
    ),
    ("Hal itu disampaikan Camat [Rina Wati], jalan itu akan diperbaiki.", []),
    ("Hal senada disampaikan Camat [Rina Wati], usai rapat yang akan ditutup.", []),
    ("Hal senada disampaikan Camat [Rina Wati], yang akan memperbaiki jalan.", []),
]

BODY = "\n\nWarga menunggu di balai desa sejak pagi."
HEADLINES: list[tuple[str, list[Row]]] = [
    (
        "Waspada Penipuan, {Disdukcapil Lebak} Tegaskan Layanan Hanya Ada di Kantor" + BODY,
        [("Layanan Hanya Ada di Kantor", "Disdukcapil Lebak", "Tegaskan")],
    ),
    (
        "Panen Raya Dimulai, [Bobi Harahap]: Harga Gabah Jangan Turun" + BODY,
        [("Harga Gabah Jangan Turun", "Bobi Harahap", None)],
    ),
    ("Wabup Agam Pastikan Layanan Administrasi Kependudukan" + BODY, []),
    ("Musrenbang Nagari Lambah: Dana Terbatas Tidak Menghalangi Warga" + BODY, []),
    ("{Diskominfo} Kak [Fatma]: Bupati Agam Saksikan Pameran di Kampung" + BODY, []),
    ("Panen Raya Dimulai\n\nPanen Raya Agam, [Bobi Harahap]: Harga Gabah Turun" + BODY, []),
]


@pytest.mark.parametrize(
    ("marked", "expected"), [*BEHIND_AN_ACT, *TWO, *TWO_WORDS, *LONG_SUBJECTS, *ALIKE, *HEADLINES]
)
def test_reports(marked: str, expected: list[Row]) -> None:
    assert told(marked) == expected
