"""Files of other kinds: a page copied as text, a CSV, minutes as DOCX, notes as Markdown."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import docx

from samples.portal import MENU, NOTICE, POPULAR, REGIONS, Article
from samples.world import read_toml, sites

FIXED = (2025, 1, 1, 0, 0, 0)


def copied_page(others: Sequence[str]) -> bytes:
    """What lands in a text file when a reader copies the whole portal page."""
    article = Article(**read_toml("data", "other.toml")["copied_page"])
    site = sites()[article.site]
    lines: list[str] = []
    for head, items in MENU:
        lines.append(f"  • {head}")
        lines += [f"    • {item}" for item in items]
    lines += [
        "",
        article.title,
        "",
        article.title,
        "",
        f" {article.printed_date}   {article.views} dilihat",
    ]
    lines += ["Sumber Gambar :", ""]
    for block in [*article.paragraphs(), NOTICE]:
        lines += [block, ""]
    lines += ["Bagikan Artikel", ""]
    lines += [f"Isi halaman contoh ini boleh dikutip dengan menyebut sumbernya, {site.host}.", ""]
    lines += ["  Facebook   Twitter   Whatsapp", "  • Kabar Populer", "  • Kabar Terkini"]
    lines += [f"  • {title}" for title in others]
    lines += ["Statistik Kunjungan", ""]
    lines += [f"Pengunjung {when}: Loading..." for when in ("Hari ini", "Kemarin", "Bulan ini")]
    lines += ["Total Hits: Loading...", "", "Kabupaten/Kota"]
    lines += [f"  • {region}" for region in REGIONS]
    lines += ["Popular Links", *(f"  • {item}" for item in POPULAR)]
    lines += [
        "Hubungi Kami",
        "  • Alamat:",
        f"    {site.address}",
        f"  • admin@{site.host}",
        f"  • {site.hours}",
    ]
    lines += ["", f"{site.name} © {article.date.year}. Dokumen contoh."]
    return ("\n".join(lines) + "\n").encode("utf-8")


def short_items() -> bytes:
    """A CSV with the columns url, title, date, text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["url", "title", "date", "text"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(read_toml("data", "other.toml")["csv"])
    return out.getvalue().encode("utf-8")


def notes() -> bytes:
    return str(read_toml("data", "other.toml")["notes"]["text"]).lstrip().encode("utf-8")


def minutes() -> bytes:
    """Minutes of a meeting as DOCX, with fixed times so that every run gives the same bytes."""
    text = read_toml("data", "other.toml")["minutes"]
    document = docx.Document()
    stamp = datetime(text["day"].year, text["day"].month, text["day"].day, 15)
    properties = document.core_properties
    properties.title, properties.author = text["title"], "Biro Organisasi dan Reformasi Birokrasi"
    properties.created = properties.modified = stamp
    properties.comments = "Dokumen contoh, bukan dokumen resmi"
    document.add_heading(text["title"], level=0)
    for paragraph in text["opening"]:
        document.add_paragraph(paragraph)
    for head, body in text["points"]:
        document.add_heading(head, level=1)
        document.add_paragraph(body)
    document.add_heading("Tindak Lanjut", level=1)
    rows = text["actions"]
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, row, strict=True):
            cell.text = value
    raw = io.BytesIO()
    document.save(raw)
    return _without_times(raw.getvalue())


def _without_times(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist()):
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
