"""Offices as press releases of many provinces state them. All persons are invented."""

from __future__ import annotations

import pytest
from marked import unmark

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices, read_offices

Row = tuple[str, str, str | None, str]

# marked text -> (name, role, institution, status)
CASES: list[tuple[str, list[Row]]] = [
    # heads of regions, before the name
    (
        "Penjabat (Pj) Gubernur {L:Banten} {P:Surya Wardana} melakukan kunjungan.",
        [("Surya Wardana", "Pj Gubernur", "Banten", "Pj")],
    ),
    (
        "Pj. Bupati {L:Lebak}, {P:Ratna Kencana}, hadir.",
        [("Ratna Kencana", "Pj. Bupati", "Lebak", "Pj")],
    ),
    (
        "Plt Wali Kota {L:Bekasi} Drs. H. {P:Tri Wahono}, M.Si mengatakan hal itu.",
        [("Tri Wahono", "Plt Wali Kota", "Bekasi", "Plt")],
    ),
    (
        "Pelaksana Tugas (Plt) Bupati {L:Muara Enim} {P:Ahmad Gunadi} membuka acara.",
        [("Ahmad Gunadi", "Plt Bupati", "Muara Enim", "Plt")],
    ),
    (
        "Pjs Bupati {L:Sleman} {P:Kusno Raharjo} hadir.",
        [("Kusno Raharjo", "Pjs Bupati", "Sleman", "Pjs")],
    ),
    (
        "Plh Sekda {L:Sumbar} {P:Ardi Mukhlis} hadir.",
        [("Ardi Mukhlis", "Plh Sekda", "Sumbar", "Plh")],
    ),
    ("kata Wagub {L:Jatim} {P:Emir Dardiri}.", [("Emir Dardiri", "Wagub", "Jatim", "definitif")]),
    (
        "Wakil Gubernur {L:Sulawesi Tenggara} Ir. H. {P:Hugua Rahim} meninjau pasar.",
        [("Hugua Rahim", "Wakil Gubernur", "Sulawesi Tenggara", "definitif")],
    ),
    (
        "Wali kota {L:Medan} {P:Bobi Siregar} mengatakan.",
        [("Bobi Siregar", "Wali kota", "Medan", "definitif")],
    ),
    # former and future holders are not holders
    (
        "mantan Gubernur {L:Riau} {P:Rusdi Zainal} diperiksa.",
        [("Rusdi Zainal", "mantan Gubernur", "Riau", "mantan")],
    ),
    (
        "Eks Bupati {L:Bogor} {P:Rahmat Yasin Putra} hadir.",
        [("Rahmat Yasin Putra", "Eks Bupati", "Bogor", "mantan")],
    ),
    (
        "Calon Gubernur {L:Papua} {P:Mathius Wenda} berorasi.",
        [("Mathius Wenda", "Calon Gubernur", "Papua", "calon")],
    ),
    (
        "bakal calon Wali Kota {L:Solok} {P:Zul Efendi} mendaftar.",
        [("Zul Efendi", "bakal calon Wali Kota", "Solok", "calon")],
    ),
    (
        "Mantan bakal calon Wali Kota {L:Solok} {P:Zul Efendi} hadir.",
        [("Zul Efendi", "Mantan bakal calon Wali Kota", "Solok", "calon")],
    ),
    ("Cagub {L:Jambi} {P:Haris Usman} berkampanye.", [("Haris Usman", "Cagub", "Jambi", "calon")]),
    (
        "Gubernur terpilih {L:Bali} {P:Wayan Kastera} menyapa warga.",
        [("Wayan Kastera", "Gubernur terpilih", "Bali", "calon")],
    ),
    # behind the name
    (
        "{P:Surya Wardana} selaku Pj Gubernur {L:Banten} mengajak warga.",
        [("Surya Wardana", "Pj Gubernur", "Banten", "Pj")],
    ),
    (
        "{P:Dewi Anggraeni}, Kepala {O:Dinas Kesehatan Kota Serang}, mengatakan stok aman.",
        [("Dewi Anggraeni", "Kepala Dinas", "Dinas Kesehatan Kota Serang", "definitif")],
    ),
    (
        "kata {P:Budi Santosa} yang juga Ketua {O:DPRD Kota Cilegon}.",
        [("Budi Santosa", "Ketua", "DPRD Kota Cilegon", "definitif")],
    ),
    (
        "{P:Lina Marlina} (Camat {L:Curug}) hadir.",
        [("Lina Marlina", "Camat", "Curug", "definitif")],
    ),
    (
        "{P:Andi Sose}, S.H., M.H., Kajari {L:Maros}, membenarkan.",
        [("Andi Sose", "Kajari", "Maros", "definitif")],
    ),
    (
        "Gubernur melantik {P:Joni Pattiasina} sebagai Penjabat Bupati {L:Buru}.",
        [("Joni Pattiasina", "Penjabat Bupati", "Buru", "Pj")],
    ),
    (
        "{P:Hasan Basri} yang menjabat sebagai Sekretaris Daerah {L:Kabupaten Tabalong} hadir.",
        [("Hasan Basri", "Sekretaris Daerah", "Kabupaten Tabalong", "definitif")],
    ),
    # agencies
    (
        "Kepala {O:Badan Pengelolaan Keuangan dan Aset Daerah (BPKAD) Provinsi Banten} "
        "{P:Rina Dewi} mengatakan.",
        [
            (
                "Rina Dewi",
                "Kepala Badan",
                "Badan Pengelolaan Keuangan dan Aset Daerah (BPKAD) Provinsi Banten",
                "definitif",
            )
        ],
    ),
    (
        "Kepala {O:Dinas PUPR} {P:Arman Marzuki} (kanan) meninjau jembatan.",
        [("Arman Marzuki", "Kepala Dinas", "Dinas PUPR", "definitif")],
    ),
    (
        "Kepala {O:Bappeda Sumsel} {P:Regina Ariani} memaparkan.",
        [("Regina Ariani", "Kepala", "Bappeda Sumsel", "definitif")],
    ),
    (
        "Kadis Kesehatan {O:Pemkab Kutai Barat} {P:Ritawati Sinaga} hadir.",
        [("Ritawati Sinaga", "Kadis Kesehatan", "Pemkab Kutai Barat", "definitif")],
    ),
    (
        "Kadinkes {L:Kota Ambon} {P:Wendy Pelupessy} hadir.",
        [("Wendy Pelupessy", "Kadinkes", "Kota Ambon", "definitif")],
    ),
    (
        "Kepala Bidang Pencegahan dan Pengendalian Penyakit {O:Dinkes Kota Palu} "
        "{P:Rochmat Jasin} hadir.",
        [
            (
                "Rochmat Jasin",
                "Kepala Bidang Pencegahan dan Pengendalian Penyakit",
                "Dinkes Kota Palu",
                "definitif",
            )
        ],
    ),
    (
        "Kabag Humas {O:Setda Kabupaten Kupang} {P:Stefen Radja} hadir.",
        [("Stefen Radja", "Kabag Humas", "Setda Kabupaten Kupang", "definitif")],
    ),
    (
        "Juru Bicara {O:Satgas Covid-19 Kalteng} {P:Caroline Imbung} hadir.",
        [("Caroline Imbung", "Juru Bicara", "Satgas Covid-19 Kalteng", "definitif")],
    ),
    (
        "Asisten Pemerintahan dan Kesra {O:Setda Provinsi Gorontalo} {P:Aryo Katili} hadir.",
        [
            (
                "Aryo Katili",
                "Asisten Pemerintahan dan Kesra",
                "Setda Provinsi Gorontalo",
                "definitif",
            )
        ],
    ),
    (
        "Direktur {O:RSUD dr. Soedarso} {P:Hary Agung} hadir.",
        [("Hary Agung", "Direktur", "RSUD dr. Soedarso", "definitif")],
    ),
    (
        "Kepala {O:BPBD Kabupaten Lumajang} {P:Patria Dwi} mengimbau.",
        [("Patria Dwi", "Kepala", "BPBD Kabupaten Lumajang", "definitif")],
    ),
    # police, army, prosecutors, courts
    (
        "Kapolres {L:Cilegon}, AKBP {P:Sigit Harjanto} mengatakan.",
        [("Sigit Harjanto", "Kapolres", "Cilegon", "definitif")],
    ),
    (
        "Kapolda {L:Sulsel} Irjen Pol. {P:Nana Sudarsa}, S.I.K., M.H. memimpin apel.",
        [("Nana Sudarsa", "Kapolda", "Sulsel", "definitif")],
    ),
    (
        "Kabid Humas {O:Polda Jambi} Kombes Pol {P:Mulia Prianto} mengatakan.",
        [("Mulia Prianto", "Kabid Humas", "Polda Jambi", "definitif")],
    ),
    (
        "Kasat Reskrim {O:Polres Ende} Iptu {P:Yance Kadiaman} membenarkan.",
        [("Yance Kadiaman", "Kasat Reskrim", "Polres Ende", "definitif")],
    ),
    (
        "Kapolsek {L:Pulomerak} Kompol {P:Rifki Seftirian} hadir.",
        [("Rifki Seftirian", "Kapolsek", "Pulomerak", "definitif")],
    ),
    (
        "Dandim {L:0602/Serang} Letkol Inf {P:Suharyanto Adi} hadir.",
        [("Suharyanto Adi", "Dandim", "0602/Serang", "definitif")],
    ),
    (
        "Danrem 064/Maulana Yusuf Brigjen TNI {P:Gumuruh Winardi} hadir.",
        [("Gumuruh Winardi", "Danrem", "064/Maulana Yusuf", "definitif")],
    ),
    (
        "Pangdam III/Siliwangi Mayjen TNI {P:Kunto Arif} hadir.",
        [("Kunto Arif", "Pangdam", "III/Siliwangi", "definitif")],
    ),
    (
        "Kepala {O:Kejaksaan Negeri Cilegon} {P:Ely Kusuma} hadir.",
        [("Ely Kusuma", "Kepala", "Kejaksaan Negeri Cilegon", "definitif")],
    ),
    (
        "Kasi Penkum {O:Kejati Banten} {P:Ivan Hebron} mengatakan.",
        [("Ivan Hebron", "Kasi Penkum", "Kejati Banten", "definitif")],
    ),
    (
        "Ketua {O:Pengadilan Negeri Serang} {P:Atep Sopandi} hadir.",
        [("Atep Sopandi", "Ketua", "Pengadilan Negeri Serang", "definitif")],
    ),
    # parliament, election bodies, state bodies
    (
        "Ketua {O:Bawaslu Provinsi Banten} {P:Ali Faisal Akbar} menyambut.",
        [("Ali Faisal Akbar", "Ketua", "Bawaslu Provinsi Banten", "definitif")],
    ),
    (
        "Wakil Ketua I {O:DPRD Sulbar} {P:Usman Suhur} memimpin rapat.",
        [("Usman Suhur", "Wakil Ketua I", "DPRD Sulbar", "definitif")],
    ),
    (
        "Ketua {O:Komisi V DPRD Banten} {P:Yeremia Mendrofa Adi} mengatakan.",
        [("Yeremia Mendrofa Adi", "Ketua", "Komisi V DPRD Banten", "definitif")],
    ),
    (
        "Anggota {O:DPR RI} {P:Tuti Lestari} hadir.",
        [("Tuti Lestari", "Anggota", "DPR RI", "definitif")],
    ),
    (
        "Anggota Komisi II {O:DPR RI} {P:Rifai Nusa} hadir.",
        [("Rifai Nusa", "Anggota Komisi II", "DPR RI", "definitif")],
    ),
    (
        "Komisioner {O:KPU Kabupaten Pandeglang} {P:Nunung Nurazizah} hadir.",
        [("Nunung Nurazizah", "Komisioner", "KPU Kabupaten Pandeglang", "definitif")],
    ),
    (
        "Menteri Dalam Negeri {P:Tito Karnadi} mengatakan.",
        [("Tito Karnadi", "Menteri Dalam Negeri", None, "definitif")],
    ),
    ("Presiden {P:Joko Wibowo} meresmikan.", [("Joko Wibowo", "Presiden", None, "definitif")]),
    (
        "Menteri Investasi/Kepala {O:Badan Koordinasi Penanaman Modal} {P:Bahrul Laha} hadir.",
        [
            (
                "Bahrul Laha",
                "Menteri Investasi/Kepala Badan",
                "Badan Koordinasi Penanaman Modal",
                "definitif",
            )
        ],
    ),
    # villages
    (
        "Kepala Desa {L:Sukamaju} {P:Ujang Komar} hadir.",
        [("Ujang Komar", "Kepala Desa", "Sukamaju", "definitif")],
    ),
    ("Lurah {L:Gerem} {P:Rahmadi} hadir.", [("Rahmadi", "Lurah", "Gerem", "definitif")]),
    (
        "Wali Nagari {L:Koto Gadang} {P:Edi Busti} hadir.",
        [("Edi Busti", "Wali Nagari", "Koto Gadang", "definitif")],
    ),
    (
        "Keuchik {L:Gampong Pande} {P:Teuku Amran} hadir.",
        [("Teuku Amran", "Keuchik", "Gampong Pande", "definitif")],
    ),
    # several at once
    (
        "Gubernur {L:Banten} {P:Andi Soni} dan Wakil Gubernur {P:Dimas Natakusuma} hadir.",
        [
            ("Andi Soni", "Gubernur", "Banten", "definitif"),
            ("Dimas Natakusuma", "Wakil Gubernur", "Banten", "definitif"),
        ],
    ),
    (
        "Bupati dan Wakil Bupati {L:Serang}, {P:Ratu Tati} dan {P:Panji Tirta}, hadir.",
        [
            ("Ratu Tati", "Bupati", "Serang", "definitif"),
            ("Panji Tirta", "Wakil Bupati", "Serang", "definitif"),
        ],
    ),
    (
        "Hadir Wali Kota {L:Serang} {P:Budi Rustam}, Ketua {O:DPRD Kota Serang}, dan Kapolres.",
        [("Budi Rustam", "Wali Kota", "Serang", "definitif")],
    ),
    (
        "Gubernur {L:Banten} {P:Wahid Halimi} melalui Juru Bicaranya {P:Ujang Gito} membantah.",
        [
            ("Wahid Halimi", "Gubernur", "Banten", "definitif"),
            ("Ujang Gito", "Juru Bicara", "Gubernur Banten", "definitif"),
        ],
    ),
    # small letters, numbers, unit words, lists
    (
        "anggota {O:DPR RI} {P:Giri Rahmadi} hadir.",
        [("Giri Rahmadi", "anggota", "DPR RI", "definitif")],
    ),
    (
        "kepala Desa {L:Sindangratu} {P:Ahmad Yani Putra} membantah.",
        [("Ahmad Yani Putra", "kepala Desa", "Sindangratu", "definitif")],
    ),
    (
        "Kepala {L:Pekon Gisting Atas}, {P:Sutarno}, menyebut usulan warga.",
        [("Sutarno", "Kepala Pekon", "Pekon Gisting Atas", "definitif")],
    ),
    (
        "di hadapan Kepala Lingkungan III, {P:Ali Daulay}, barang bukti ditemukan.",
        [("Ali Daulay", "Kepala Lingkungan III", None, "definitif")],
    ),
    (
        "Sekretaris Daerah (Sekda) {L:Provinsi Banten} {P:Deden Hermansyah} meminta.",
        [("Deden Hermansyah", "Sekretaris Daerah", "Provinsi Banten", "definitif")],
    ),
    (
        "Koordinator Divisi Perencanaan, Data dan Informasi {O:KPU Kepahiang}, {P:Anggi Lestari}.",
        [
            (
                "Anggi Lestari",
                "Koordinator Divisi Perencanaan, Data dan Informasi",
                "KPU Kepahiang",
                "definitif",
            )
        ],
    ),
    (
        "Ketua {O:DPRD Tanah Datar} {P:Desrizal Koto}, didampingi Wakil Ketua {P:Nofrizal Bandaro}"
        " dan {P:Silvia Anwarudin}.",
        [
            ("Desrizal Koto", "Ketua", "DPRD Tanah Datar", "definitif"),
            ("Nofrizal Bandaro", "Wakil Ketua", "DPRD Tanah Datar", "definitif"),
            ("Silvia Anwarudin", "Wakil Ketua", "DPRD Tanah Datar", "definitif"),
        ],
    ),
    (
        "1. {P:Takdir Lantara}, S.E. - Kepala Bagian Protokol {O:Biro Umum Setda Sulsel}",
        [("Takdir Lantara", "Kepala Bagian Protokol", "Biro Umum Setda Sulsel", "definitif")],
    ),
    # told by link words, though another name stands behind
    (
        "{P:Noor Lina}, S.Sos. sebagai Kepala {O:Dinas Sosial}, Drs. {P:Zul Gazali} menjadi Kepala"
        " {O:Bappeda}, serta {P:Windi Kartika} selaku Direktur {O:RSUD Sultan Suriansyah}.",
        [
            ("Noor Lina", "Kepala Dinas", "Dinas Sosial", "definitif"),
            ("Zul Gazali", "Kepala", "Bappeda", "definitif"),
            ("Windi Kartika", "Direktur", "RSUD Sultan Suriansyah", "definitif"),
        ],
    ),
    (
        "{P:Ketut Sudarsa} (52) selaku mantan Perbekel {L:Desa Bongkasa} ditahan.",
        [("Ketut Sudarsa", "mantan Perbekel", "Desa Bongkasa", "mantan")],
    ),
    (
        "{P:Heru Budiana} dimutasi menjadi Kasat Reskrim {O:Polres Kudus} menggantikan AKP"
        " {P:Danu Arifin}.",
        [
            ("Heru Budiana", "Kasat Reskrim", "Polres Kudus", "definitif"),
            ("Danu Arifin", "Kasat Reskrim", "Polres Kudus", "mantan"),
        ],
    ),
    (
        "{P:Rina Melati} menggantikan {P:Budi Luhur} sebagai Camat {L:Curug}.",
        [("Rina Melati", "Camat", "Curug", "definitif")],
    ),
    (
        "{P:Ikhsan Budi} yang sebelumnya Kepala {O:Bappeda} kini menjabat Sekda {L:Banjar}.",
        [
            ("Ikhsan Budi", "Kepala", "Bappeda", "mantan"),
            ("Ikhsan Budi", "Sekda", "Banjar", "definitif"),
        ],
    ),
    # the agent of a passive verb holds the office, not who is before it
    (
        "{P:Budi Luhur} yang dilantik Bupati {L:Lebak} {P:Ratna Kencana} bersyukur.",
        [("Ratna Kencana", "Bupati", "Lebak", "definitif")],
    ),
    (
        "Gubernur {L:Bali} {P:Wayan Kastera} yang diwakili Kepala {O:Bappeda Bali} {P:Putu Anom}.",
        [
            ("Wayan Kastera", "Gubernur", "Bali", "definitif"),
            ("Putu Anom", "Kepala", "Bappeda Bali", "definitif"),
        ],
    ),
    # two offices of one person
    (
        "Pjs Bupati {L:Kutai Barat} yang juga Kepala {O:Biro Hukum Setda Kaltim}, {P:Suparmin}.",
        [
            ("Suparmin", "Pjs Bupati", "Kutai Barat", "Pjs"),
            ("Suparmin", "Kepala Biro", "Biro Hukum Setda Kaltim", "definitif"),
        ],
    ),
    # lists: names first, in brackets, in rows of a table
    (
        "Hadir {P:Andi Palewa} (Bupati {L:Wajo}), {P:Amran Mahdi}, S.Sos (mantan Bupati {L:Wajo}"
        " periode 2019-2024), {P:Andi Iswara} (Camat {L:Tempe}).",
        [
            ("Andi Palewa", "Bupati", "Wajo", "definitif"),
            ("Amran Mahdi", "mantan Bupati", "Wajo", "mantan"),
            ("Andi Iswara", "Camat", "Tempe", "definitif"),
        ],
    ),
    (
        "1. {P:Zulfan Harahap}, Kepala {O:Dinas Perikanan Sumut};\n2. dr. {P:Ilyas Siregar},"
        " Direktur {O:RSUD Langkat};\n3. {P:Emil Nau}: Camat {L:Bajawa}",
        [
            ("Zulfan Harahap", "Kepala Dinas", "Dinas Perikanan Sumut", "definitif"),
            ("Ilyas Siregar", "Direktur", "RSUD Langkat", "definitif"),
            ("Emil Nau", "Camat", "Bajawa", "definitif"),
        ],
    ),
    (
        "1 | {P:Natsir Dumai} | Wakil Bupati {L:Buol}\n2 | {P:Rian Kwee} | Ketua {O:DPRD Buol}",
        [
            ("Natsir Dumai", "Wakil Bupati", "Buol", "definitif"),
            ("Rian Kwee", "Ketua", "DPRD Buol", "definitif"),
        ],
    ),
    # names that nothing tagged between title and person
    (
        "Lurah Pluit {P:Ismail Mahfud}, mengungsi.",
        [("Ismail Mahfud", "Lurah", "Pluit", "definitif")],
    ),
    (
        "{P:Bahria Eka} (Kepala Dinas Pengendalian Penduduk dan Keluarga Berencana).",
        [
            (
                "Bahria Eka",
                "Kepala Dinas",
                "Dinas Pengendalian Penduduk dan Keluarga Berencana",
                "definitif",
            )
        ],
    ),
    (
        "Kepala Desa {L:Sukamaju}, {L:Kecamatan Tenjolaya}, {P:Asep Suherman} (47) hadir.",
        [("Asep Suherman", "Kepala Desa", "Sukamaju", "definitif")],
    ),
    # the institution stands with the head named before, or elsewhere in the text
    (
        "Kapolda {L:Sumut} Irjen {P:Wisnu Hermawan} melalui Kabid Humas Kombes {P:Ferry Walin}.",
        [
            ("Wisnu Hermawan", "Kapolda", "Sumut", "definitif"),
            ("Ferry Walin", "Kabid Humas", "Polda Sumut", "definitif"),
        ],
    ),
    (
        "Kepala {O:DLH Kota Surakarta} {P:Kris Wibisono} melalui Kabid Pengelolaan Sampah"
        " {P:Titik Rahma} menjelaskan.",
        [
            ("Kris Wibisono", "Kepala", "DLH Kota Surakarta", "definitif"),
            ("Titik Rahma", "Kabid Pengelolaan Sampah", "DLH Kota Surakarta", "definitif"),
        ],
    ),
    (
        "Warga {L:Gampong Pulo Kiton} bergotong royong. Keuchik {P:Saifuddin Amin} hadir.",
        [("Saifuddin Amin", "Keuchik", "Gampong Pulo Kiton", "definitif")],
    ),
    (
        "Ketua Majelis Hakim {P:Agus Setia} memimpin sidang di {O:Pengadilan Tipikor Palembang}.",
        [("Agus Setia", "Ketua Majelis Hakim", "Pengadilan Tipikor Palembang", "definitif")],
    ),
    (
        "Inspektur {L:Kota Batu}, {P:Eny Rahma}, hadir.",
        [("Eny Rahma", "Inspektur", "Kota Batu", "definitif")],
    ),
    (
        "Rektor {O:Universitas Negeri Medan} {P:Syamsul Gultom} hadir.",
        [("Syamsul Gultom", "Rektor", "Universitas Negeri Medan", "definitif")],
    ),
    # no public offices
    ("Kepala {O:SMPIT Nurul Cahaya}, {P:Ratna Komalasari}, hadir.", []),
    ("Ketua {O:DPD Partai Golkar Banten} {P:Tatu Chasan} hadir.", []),
    ("Direktur Utama {O:PT Maju Jaya} {P:Hendra Lim} hadir.", []),
    ("Rektor {O:Universitas Bina Cendekia} {P:Syamsul Gultom Jr} hadir.", []),
    ("Dosen {O:Universitas Negeri Medan} {P:Syamsul Gultom Jr} hadir.", []),
    ("Ketua {O:Badan Eksekutif Mahasiswa Unri} {P:Tegar Prawira} hadir.", []),
    ("{P:Rudi Hartanto} bertindak sebagai inspektur upacara.", []),
    ("Istri Gubernur {L:Kalsel}, Hj. {P:Raudah Sahbana}, hadir.", []),
    ("Ketua {O:MUI Kota Serang} KH {P:Amas Tajuddin Amin} hadir.", []),
    ("Gubernur {L:Banten} mengajak warga. {P:Siti Aminah}, pedagang, setuju.", []),
    ("Menurut Gubernur, warga {L:Serang} sabar. Kepala dinas tidak hadir.", []),
]


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    return make_nlp()


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[c[0][:60] for c in CASES])
def test_office(nlp, marked: str, expected: list[Row]) -> None:  # type: ignore[no-untyped-def]
    text, mentions = unmark(marked)
    found = find_offices(nlp.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution, o.status) for o in found] == expected
    for office in found:
        assert office.name in text[office.start : office.end]
        assert 0 < office.confidence <= 1


@pytest.mark.parametrize(
    ("marked", "post"),
    [
        (
            "Direktur Utama {O:Bank Sulselbar} H. {P:Irfan Ladduke} hadir.",
            ("Irfan Ladduke", "Direktur Utama", "Bank Sulselbar"),
        ),
        (
            "Pengamat politik {O:Universitas Cenderawasih}, {P:Bernarda Matera}, menilai.",
            ("Bernarda Matera", "Pengamat politik", "Universitas Cenderawasih"),
        ),
        (
            "Ketua {O:TP PKK Kota Surakarta}, {P:Bambang Hary}, hadir.",
            ("Bambang Hary", "Ketua", "TP PKK Kota Surakarta"),
        ),
    ],
)
def test_other_posts_are_kept_apart(nlp, marked: str, post: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    text, mentions = unmark(marked)
    offices, posts = read_offices(nlp.make_doc(text), mentions)
    assert offices == []
    assert [(o.name, o.role, o.institution) for o in posts] == [post]
