"""Run by ``test_killed``: one sync that says where it stands, line by line."""

from __future__ import annotations

import sys
from pathlib import Path

from guests import patient, real_read

from kb.config import Settings
from kb.sources.report import SyncProgress
from kb.sources.syncing import sync


def told(now: SyncProgress) -> None:
    print(f"{now.stage} {now.done}", flush=True)


if __name__ == "__main__":
    where = Settings(
        Path(sys.argv[1]), catalog=sys.argv[2], private_hosts="127.0.0.1", fetch_pause=1e-6
    )
    for outcome in sync(where, make=patient, read=real_read, told=told):
        print(f"over {outcome.new} {outcome.problem}", flush=True)
