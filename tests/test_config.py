"""Settings come from defaults, then kb.toml, then the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.config import load_settings
from kb.errors import ConfigError


def test_environment_wins_over_file_wins_over_default(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('workers = 3\nengine = "tantivy"\n', encoding="utf-8")
    settings = load_settings(tmp_path, {"KB_WORKERS": "5"})
    assert (settings.workers, settings.engine, settings.ocr) == (5, "tantivy", "auto")


def test_passwords_are_one_a_line_and_never_shown(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"KB_PASSWORDS": "rahasia\nsangat rahasia\n"})
    assert settings.pdf_passwords == ("rahasia", "sangat rahasia")
    assert "rahasia" not in repr(settings)
    assert load_settings(tmp_path, {}).pdf_passwords == ()


def test_home_is_the_argument_then_the_environment_then_index(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"KB_HOME": "elsewhere"}).home == tmp_path
    assert load_settings(None, {"KB_HOME": str(tmp_path)}).home == tmp_path
    assert load_settings(None, {}).home == Path.cwd() / "index"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("warna = 1\n", "unknown setting 'warna'"),
        ('ocr = "kadang"\n', "one of auto, always, never"),
        ('tagger = "lambat"\n', "one of full, fast"),
        ("workers = -1\n", "'workers' must be a positive number"),
        ('read_seconds = "lama"\n', "'read_seconds' must be a positive number"),
        ("workers = = 1\n", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "kb.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        load_settings(tmp_path, {})
    assert "\n" not in str(caught.value)
