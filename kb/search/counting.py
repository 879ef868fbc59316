"""Threads that count while others rank, one set for the process."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

FEWEST = 8
"""They wait for a server or work outside Python's lock: as many as readers at once may need."""


@cache
def counters() -> ThreadPoolExecutor:
    """Where an engine asks for facets and totals beside the hits."""
    return ThreadPoolExecutor(max(FEWEST, os.cpu_count() or 0), "counting")
