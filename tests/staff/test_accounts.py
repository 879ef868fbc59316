"""People who keep the record: a name, a role, a password of which only a hash is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.access import hash_password
from kb.config import Settings
from kb.errors import ConfigError, NotFound, QueryError
from kb.staff import accounts


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "index")


def test_a_person_comes_in_by_name_and_password(settings: Settings) -> None:
    accounts.add(settings, " Sari  Dewi ", "editor", "kata-sandi")
    found = accounts.enter(settings, "Sari Dewi", "kata-sandi")
    assert found is not None
    assert (found.name, found.role) == ("Sari Dewi", "editor")
    assert accounts.enter(settings, "Sari Dewi", "kata-sandl") is None
    assert accounts.enter(settings, "Entah", "kata-sandi") is None
    file = settings.home / "staff.json"
    assert "kata-sandi" not in file.read_text(encoding="utf-8")
    if os.name != "nt":
        assert file.stat().st_mode & 0o077 == 0
    accounts.remove(settings, "Sari Dewi")
    assert accounts.enter(settings, "Sari Dewi", "kata-sandi") is None
    with pytest.raises(NotFound):
        accounts.remove(settings, "Sari Dewi")


def test_the_one_password_goes_on_to_work(settings: Settings) -> None:
    assert accounts.enter(settings, "", "") is None
    old = Settings(settings.home, admin_hash=hash_password("kata-sandi"))
    found = accounts.enter(old, "", "kata-sandi")
    assert found is not None
    assert (found.name, found.role) == ("petugas", "admin")
    assert accounts.enter(old, "petugas", "salah-sekali") is None


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", "editor", "kata-sandi"),
        ("petugas", "editor", "kata-sandi"),
        ("a\nb\x07", "editor", "kata-sandi"),
        ("Sari", "raja", "kata-sandi"),
        ("Sari", "editor", "pendek"),
    ],
)
def test_what_cannot_be_is_refused(settings: Settings, name: str, role: str, password: str) -> None:
    with pytest.raises(QueryError):
        accounts.add(settings, name, role, password)
    assert accounts.accounts(settings) == {}


def test_a_damaged_file_lets_nobody_in(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    (settings.home / "staff.json").write_text("[{", encoding="utf-8")
    with pytest.raises(ConfigError, match="damaged"):
        accounts.accounts(settings)
