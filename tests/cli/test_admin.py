"""``kb admin-password`` keeps a hash in kb.toml and leaves the other settings alone."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from kb.access import verify_password
from kb.cli import main
from kb.cli.admin import set_line
from kb.config import load_settings


def test_the_password_opens_and_other_settings_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kb.toml").write_text('workers = 3\nadmin_hash = "lama"\n', encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("kata-sandi-baru\n"))
    assert main(["admin-password", "--home", str(tmp_path)]) == 0
    settings = load_settings(tmp_path, {})
    assert settings.workers == 3
    assert verify_password("kata-sandi-baru", settings.admin_hash)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "kb.toml").stat().st_mode) == 0o600
    assert main(["admin-password", "--remove", "--home", str(tmp_path)]) == 0
    assert load_settings(tmp_path, {}).admin_hash == ""


def test_a_short_password_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("pendek\n"))
    assert main(["admin-password", "--home", str(tmp_path)]) == 2
    assert "eight characters" in capsys.readouterr().err
    assert not (tmp_path / "kb.toml").exists()


def test_a_top_level_setting_goes_before_the_first_table() -> None:
    assert set_line("a = 1\n[b]\nc = 2\n", "d", "x") == 'a = 1\nd = "x"\n[b]\nc = 2\n'
