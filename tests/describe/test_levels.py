"""On which level of government a document was made."""

from __future__ import annotations

import pytest

from kb import authority
from kb.describe.page_issuer import levels
from kb.model import Found


@pytest.mark.parametrize(
    ("issuer", "code", "level"),
    [
        ("Pemerintah Desa Karangsari Kecamatan Todanan Kabupaten Blora", "33.16", "desa"),
        ("Pemerintah Kabupaten Blora", "33.16", "kabupaten"),
        ("Pemerintah Daerah Kabupaten Blora", "33.16", "kabupaten"),
        ("Pemerintah Aceh", "11", "provinsi"),
    ],
)
def test_only_a_village_is_of_the_level_of_villages(issuer: str, code: str, level: str) -> None:
    place = authority.load().places.place(code)
    _, found = levels(place, "title page", Found(issuer, "title page", issuer))
    assert found is not None
    assert found.value == level
