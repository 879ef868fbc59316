"""The admin password: only a salted scrypt hash of it is stored (RFC 7914)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

_N, _R, _P = 2**15, 8, 1
_MEMORY = 64 * 1024 * 1024


def hash_password(password: str) -> str:
    """``scrypt$<salt>$<key>`` (base64) for the setting ``admin_hash``.

    Raises ``ValueError`` for a password of under eight characters.
    """
    if len(password) < 8:
        raise ValueError("A password needs at least eight characters.")
    salt = os.urandom(16)
    return "scrypt${}${}".format(
        *(base64.b64encode(b).decode() for b in (salt, _key(password, salt)))
    )


def verify_password(password: str, stored: str) -> bool:
    """True where ``password`` gives the stored hash; False for a hash that is malformed."""
    try:
        scheme, salt, key = stored.split("$")
        expected = base64.b64decode(key, validate=True)
        found = _key(password, base64.b64decode(salt, validate=True))
    except ValueError:
        return False
    return scheme == "scrypt" and hmac.compare_digest(found, expected)


def _key(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8"), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32
    )
