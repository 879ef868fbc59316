"""Table of files that were handed to the workers (``kb ingest --queue``)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from kb.catalog.schema import LONG, metadata

# The row stays when the file is settled: it says where its copy lies and how old the file is,
# which a machine that does not see the file itself cannot ask the disk.
handed = Table(
    "handed",
    metadata,
    Column("path", Text, primary_key=True),  # as ``files.path``
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", LONG, nullable=False),
    Column("changed", LONG, nullable=False),  # kb.disk.change_stamp
    Column("touched", LONG, nullable=False),  # kb.disk.last_change
    Column("modified", LONG, nullable=False),  # time of the content, in nanoseconds
    Column("copy", Text),  # below the setting ``originals``; none: it is read where it lies
    Column("state", String, nullable=False),  # waiting, done, failed
    Column("begun", Integer, nullable=False),  # times a worker took it and did not let go
    Column("tries", Integer, nullable=False),  # times it was let go for later
    Column("reason", Text),  # why it was let go, or failed
    Column("host", Text),  # the machine that had it last
    Column("at", String, nullable=False),  # when this was noted
    Column("documents", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
)
Index("handed_run", handed.c.run_id, handed.c.state)
Index("handed_state", handed.c.state)
Index("handed_sha256", handed.c.sha256)
