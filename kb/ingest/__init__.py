"""Files into the knowledge base: many reading processes, one writer, nothing lost."""

from kb.ingest.check import check
from kb.ingest.mending import rebuild, sync
from kb.ingest.report import Failure, IngestReport, Problem, Progress
from kb.ingest.runner import ingest

__all__ = [
    "Failure",
    "IngestReport",
    "Problem",
    "Progress",
    "check",
    "ingest",
    "rebuild",
    "sync",
]
