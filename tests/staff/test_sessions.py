"""Who is signed in: by a secret whose hash alone is stored, until it is over."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kb.config import Settings
from kb.staff import accounts, sessions


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


def test_a_secret_signs_in_and_is_stored_nowhere(settings: Settings) -> None:
    ani = accounts.add(settings, "Ani", "editor", "kata-sandi-ani")
    secret = sessions.begin(settings, ani)
    assert sessions.account(settings, secret) == ani
    file = settings.home / "sessions.json"
    assert secret not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    for wrong in ("", "x", secret[:-1], sessions.alive(settings)[0].hash):
        assert sessions.account(settings, wrong) is None


def test_one_is_signed_out_or_all_of_a_person(settings: Settings) -> None:
    ani = accounts.add(settings, "Ani", "editor", "kata-sandi-ani")
    beno = accounts.add(settings, "Beno", "admin", "kata-sandi-beno")
    first, second, other = (sessions.begin(settings, who) for who in (ani, ani, beno))
    sessions.end(settings, first)
    assert sessions.account(settings, first) is None
    assert sessions.account(settings, second) == ani
    assert sessions.end_all(settings, "Ani") == 1
    assert sessions.account(settings, second) is None
    assert sessions.account(settings, other) == beno


def test_it_ends_with_the_account_or_its_password(settings: Settings) -> None:
    ani = accounts.add(settings, "Ani", "editor", "kata-sandi-ani")
    secret = sessions.begin(settings, ani)
    accounts.add(settings, "Ani", "editor", "kata-sandi-baru")
    assert sessions.account(settings, secret) is None
    again = sessions.begin(settings, accounts.accounts(settings)["Ani"])
    accounts.remove(settings, "Ani")
    assert sessions.account(settings, again) is None


def test_it_ends_with_its_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = sessions.begin(settings, accounts.add(settings, "Ani", "editor", "kata-sandi-ani"))
    later = time.time() + sessions.LIFE + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert sessions.account(settings, secret) is None
    assert sessions.alive(settings) == ()


def test_a_damaged_list_lets_nobody_in(settings: Settings) -> None:
    secret = sessions.begin(settings, accounts.add(settings, "Ani", "editor", "kata-sandi-ani"))
    (settings.home / "sessions.json").write_text("[{}", encoding="utf-8")
    assert sessions.account(settings, secret) is None
