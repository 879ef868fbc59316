"""A patient fetcher, and two ways to read what comes: shared by the tests of this room."""

from __future__ import annotations

import functools
from pathlib import Path

from ingest_fakes import REAL_ROOMS

from kb.config import Settings
from kb.ingest import IngestReport, ingest
from kb.sources.fetching import Fetcher
from kb.sources.manners import Manners


def patient(settings: Settings, manners: Manners) -> Fetcher:
    """A fetcher that tries again at once."""
    return Fetcher(settings, manners, pauses=(0.0, 0.0))


def unread(settings: Settings, paths: list[Path], **options: object) -> IngestReport:
    """In place of the ingest where a test is about fetching alone."""
    return IngestReport(0, 0, 0, (), 0, 0, 0.0)


real_read = functools.partial(ingest, stages=REAL_ROOMS, workers=1)
"""The ingest with its readers and describe; only the tagger is a quick stand-in."""
