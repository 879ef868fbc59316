"""OCR: levelling, turning, spreads, ruling lines, cache, and doing without Tesseract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_pages import PROSE, lines
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4

from kb.readers import Drawing, ReadOptions, ocr, read
from kb.readers.pdf import draw_page, place_words
from kb.readers.picture import sideways, skew_angle, spread_gutter
from kb.readers.rules import erase, find_rules

needs_tesseract = pytest.mark.skipif(
    ocr.usable_language("ind") is None, reason="tesseract is not installed"
)
FONT = ImageFont.load_default(size=44)


def picture(text: str = PROSE * 2, size: tuple[int, int] = (1654, 2339)) -> Image.Image:
    page = Image.new("L", size, 255)
    draw = ImageDraw.Draw(page)
    words, line, y = text.split(), "", 200
    for word in [*words, ""]:
        if draw.textlength(f"{line} {word}", FONT) > size[0] - 340 or not word:
            draw.text((160, y), line, 0, FONT)
            line, y = "", y + 70
        line = f"{line} {word}".strip()
    return page


@pytest.fixture
def scan(make_pdf: Callable[..., Path], tmp_path: Path) -> Callable[[Image.Image], Path]:
    def make(page: Image.Image) -> Path:
        file = tmp_path / "page.png"
        page.save(file)
        return make_pdf(
            lambda sheet, number: sheet.drawImage(str(file), 0, 0, *A4), name="scan.pdf"
        )

    return make


@pytest.mark.parametrize("angle", [0.0, 1.5, -2.5])
def test_skew_is_measured(angle: float) -> None:
    turned = picture(PROSE * 6).rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert skew_angle(turned) == pytest.approx(-angle, abs=0.35)


def test_sideways_print_is_seen() -> None:
    assert sideways(picture(PROSE * 6).transpose(Image.Transpose.ROTATE_90))
    assert not sideways(Image.new("L", (1654, 2339), 255))


def test_spread_is_divided_at_its_fold() -> None:
    spread = Image.new("L", (2400, 1600), 255)
    page = picture(PROSE * 5, (1200, 1600))
    spread.paste(page, (0, 0))
    spread.paste(page, (1200, 0))
    gutter = spread_gutter(spread)
    assert gutter is not None
    assert abs(gutter - 1200) < 170
    assert spread_gutter(picture()) is None


def test_ruling_lines_are_found_and_taken_out() -> None:
    page = picture(PROSE)
    draw = ImageDraw.Draw(page)
    for y in (1000, 1150, 1300):
        draw.line((200, y, 1400, y), 0, 4)
    for x in (200, 800, 1400):
        draw.line((x, 1000, x, 1300), 0, 4)
    rules = find_rules(page)
    assert sorted(round(r.top, -1) for r in rules if r.top == r.bottom) == [1000, 1150, 1300]
    assert sorted(round(r.x0, -1) for r in rules if r.x0 == r.x1) == [200, 800, 1400]
    assert find_rules(erase(page, rules)) == []


def test_rows_of_letters_in_a_coarse_scan_are_no_ruling_lines() -> None:
    small = Image.new("L", (540, 780), 255)
    draw = ImageDraw.Draw(small)
    font = ImageFont.load_default(size=10)
    for number, word in enumerate(["sasaran manajemen", "perencanaan", "AKUNTABILITAS"] * 4):
        for shift in (0, 1):  # bold
            draw.text((90 + shift, 80 + 30 * number), f"{number}. {word} {word}", 0, font)
    draw.line((60, 500, 480, 500), 0, 1)
    page = small.resize((2484, 3588), Image.Resampling.BICUBIC)
    rules = find_rules(page)
    assert [round(rule.top, -2) for rule in rules] == [2300], "only the line below the words"


@needs_tesseract
def test_scan_is_read_cached_and_boxed(
    scan: Callable[[Image.Image], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scan(picture())
    options = ReadOptions(cache=tmp_path / "cache")
    (document,) = read(path, options)
    (page,) = document.pages
    assert page.method == "ocr"
    assert page.ocr_confidence is not None
    assert page.ocr_confidence > 0.8
    assert "menyusun rencana kerja tahunan untuk meningkatkan pelayanan" in page.text

    def fail(*_: object) -> None:
        raise AssertionError("the cached page is read again")

    with monkeypatch.context() as patched:
        patched.setattr(ocr, "recognise", fail)
        assert next(iter(read(path, options))).pages == document.pages
    at = page.text.index("kemiskinan")
    asked = Drawing(text=page.text, spans=((at, at + 10),), cache=tmp_path / "cache")
    _, ((box,),) = draw_page(path, 1, asked)
    assert 0 < box.x0 < box.x1 < 1
    assert 0.05 < box.top < box.bottom < 0.5
    words = place_words(path, 1, asked).words
    assert "kemiskinan" in [word.text.strip(",.") for word in words], "words of the scan, placed"


@needs_tesseract
@pytest.mark.slow
def test_page_on_its_side_is_turned() -> None:
    page = ocr.recognise(picture().transpose(Image.Transpose.ROTATE_90), "ind", 120)
    assert "rencana" in [word.text for word in page.words]
    assert page.turned == 270


def test_without_tesseract_the_document_comes_in_and_says_what_to_install(
    scan: Callable[[Image.Image], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "usable_language", lambda wanted: None)
    (document,) = read(scan(picture()), ReadOptions())
    assert document.pages[0].method == "none"
    assert document.warnings == (ocr.INSTALL,)
    assert "tesseract-ocr-ind" in document.warnings[0]


def test_text_pages_are_not_scanned(
    make_pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("OCR of a page with good text")

    monkeypatch.setattr(ocr, "recognise", fail)
    path = make_pdf(lambda sheet, page: lines(sheet, PROSE * 3, 72, 700, 80) and None)
    (document,) = read(path, ReadOptions())
    assert document.pages[0].method == "text"


def test_damaged_cache_entry_counts_as_none(tmp_path: Path) -> None:
    page = ocr.OcrPage((), 0.5, 10, 10)
    ocr.store_cached(tmp_path, "ab" * 32, page)
    assert ocr.load_cached(tmp_path, "ab" * 32) == page
    next(tmp_path.rglob("*.gz")).write_bytes(b"half")
    assert ocr.load_cached(tmp_path, "ab" * 32) is None
    assert ocr.load_cached(None, "ab" * 32) is None


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_points_go_back_to_the_picture(turned: int) -> None:
    page = ocr.OcrPage((), 1, 100, 200, turned=turned)
    x, y = page.on_picture(25, 50)
    expected = {0: (0.25, 0.25), 90: (0.75, 0.25), 180: (0.75, 0.75), 270: (0.25, 0.75)}
    assert (x, y) == pytest.approx(expected[turned])


def test_a_page_that_ran_out_of_time_is_not_an_empty_page(
    scan: Callable[[Image.Image], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*given: object) -> ocr.OcrPage:
        raise TimeoutError("OCR of one page took longer than 60 s")

    monkeypatch.setattr(ocr, "usable_language", lambda wanted: "ind")
    monkeypatch.setattr(ocr, "recognise", late)
    (document,) = read(scan(picture()), ReadOptions())
    assert document.unfinished
    assert document.pages[0].method == "none"
    assert document.warnings == (
        "scanned pages without text because OCR ran out of time; "
        "the next ingest tries them again: 1",
    )


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("angle", [0.0, 1.7])
def test_a_spread_is_read_page_by_page(scan: Callable[[Image.Image], Path], angle: float) -> None:
    left = picture(" ".join(f"Kiri nomor {n} menyusun rencana." for n in range(1, 25)))
    right = picture(" ".join(f"Kanan nomor {n} menerima layanan." for n in range(1, 25)))
    spread = Image.new("L", (left.width + right.width, left.height), 255)
    spread.paste(left, (0, 0))
    spread.paste(right, (left.width, 0))
    spread = spread.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    (document,) = read(scan(spread), ReadOptions(ocr="always"))
    text = document.pages[0].text
    assert text.count("Kiri") >= 22
    assert text.count("Kanan") >= 22
    assert text.rindex("Kiri") < text.index("Kanan")


@pytest.mark.skipif(
    ocr.usable_language("ind+eng") != "ind+eng", reason="tesseract has no ind and eng data"
)
def test_percent_signs_are_read(scan: Callable[[Image.Image], Path]) -> None:
    text = "Capaian kinerja tahun ini sebesar 90% dari target 100%."
    (document,) = read(scan(picture(text)), ReadOptions(ocr="always"))
    assert [w for w in ("90%", "100%") if w not in document.pages[0].text] == []
