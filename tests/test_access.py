"""The admin password is kept as a salted hash only."""

from __future__ import annotations

import pytest

from kb.access import hash_password, verify_password


def test_a_password_opens_its_own_hash_only() -> None:
    stored = hash_password("rahasia-kantor")
    assert "rahasia" not in stored
    assert verify_password("rahasia-kantor", stored)
    assert not verify_password("rahasia-kantoR", stored)


def test_the_same_password_never_gives_the_same_hash() -> None:
    assert hash_password("rahasia-kantor") != hash_password("rahasia-kantor")


@pytest.mark.parametrize("stored", ["", "scrypt", "scrypt$%%$%%", "md5$YQ==$YQ==", "a$b$c$d"])
def test_a_malformed_hash_opens_to_nobody(stored: str) -> None:
    assert not verify_password("", stored)
    assert not verify_password("apa saja", stored)


def test_a_short_password_is_refused() -> None:
    with pytest.raises(ValueError, match="eight"):
        hash_password("pendek")
