"""Document text reaches the browser as text, whatever it holds."""

from __future__ import annotations

import pytest

from kb.model import MARK_END, MARK_START
from kb.web import safe

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://example.invalid/x.png)",
    ":red[merah] :material/home: :smile:",
    "$E=mc^2$ `code` **tebal** _miring_ # judul",
    '=HYPERLINK("http://example.invalid")',
    "a|b~~c~~ <a href='x'>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_html_leaves_no_markup(text: str) -> None:
    out = safe.html(text)
    assert "<" not in out
    assert ">" not in out
    assert '"' not in out


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_escapes_every_punctuation_character(text: str) -> None:
    out = safe.md(text)
    unescaped = out.replace("\\\\", "")
    for position, character in enumerate(unescaped):
        if not character.isalnum() and not character.isspace() and character != "\\":
            assert unescaped[position - 1] == "\\", (character, out)


def test_markdown_is_one_line() -> None:
    assert safe.md("satu\n\n# dua\tiga") == "satu \\# dua iga"


def test_direction_and_control_characters_are_taken_out() -> None:
    assert safe.plain("\u202egnp.exe\u2066\x00\x07 baris\n") == "gnp.exe baris\n"


@pytest.mark.parametrize(
    ("snippet", "expected"),
    [
        (f"a {MARK_START}b{MARK_END} c", "a <mark>b</mark> c"),
        (f"{MARK_START}<b>{MARK_END}", "<mark>&lt;b&gt;</mark>"),
        (f"{MARK_START}tak tertutup", "<mark>tak tertutup</mark>"),
        (f"{MARK_END}awal{MARK_END}", "awal"),
        (f"{MARK_START}a{MARK_START}b{MARK_END}c{MARK_END}", "<mark>abc</mark>"),
    ],
)
def test_marks_become_balanced_mark_elements(snippet: str, expected: str) -> None:
    assert safe.marked(snippet) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://bantenprov.go.id/a?b=1", "https://bantenprov.go.id/a?b=1"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//host/path", None),
        ("http://", None),
        ("http://[bad", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(address: str | None, expected: str | None) -> None:
    assert safe.link(address) == expected
