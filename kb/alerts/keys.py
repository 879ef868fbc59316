"""Links that open one reader's list, without accounts: keyed hashes of its row.

The key lies in the catalog. A link is of one purpose: that of a mail's footer ends the mails and
shows nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from kb.catalog import reads
from kb.catalog.reading.alerts import FollowerRow
from kb.catalog.reading.typed import Reading
from kb.catalog.writes_files import set_meta

META = "alerts_key"
PURPOSES = ("list", "confirm", "stop")
_TOKEN = re.compile(r"(\d{1,12})-([0-9a-f]{32})")


def make(connection: Reading) -> str:
    """The key of this base, made where there is none yet."""
    key = reads.get_meta(connection, META)
    if key is None:
        key = secrets.token_hex(32)
        set_meta(connection, META, key)
    return key


def token(connection: Reading, follower: FollowerRow, purpose: str) -> str:
    """What a link for ``purpose`` bears; a new address is confirmed by a new one."""
    key = reads.get_meta(connection, META) or ""
    told = f"{purpose}|{follower.id}|{follower.created}"
    if purpose != "list":
        told += f"|{follower.email or ''}"
    digest = hmac.new(key.encode(), told.encode(), hashlib.sha256).hexdigest()[:32]
    return f"{follower.id}-{digest}"


def number(given: str) -> int | None:
    """Whose list a token speaks of; nothing is proved by it yet."""
    found = _TOKEN.fullmatch(given)
    return int(found[1]) if found else None


def fits(connection: Reading, follower: FollowerRow, purpose: str, given: str) -> bool:
    """True where the token is this list's, for this purpose."""
    if not reads.get_meta(connection, META):
        return False
    return hmac.compare_digest(token(connection, follower, purpose), given)
