"""Tables of what readers follow: who is told, of what, and which documents fitted."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from kb.catalog.schema import cascade, metadata

# One reader's list. There are no accounts: whoever has its link (a keyed hash of the row) has it.
followers = Table(
    "followers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created", String, nullable=False),
    Column("language", String, nullable=False),
    Column("email", Text),
    Column("asked", String),  # when the address was last asked to confirm
    Column("confirmed", String),  # when it did; no mail is sent before
    Column("every", String, nullable=False),  # never, daily, weekly
    Column("webhook", Text),
    Column("secret", String),  # signs what is sent to the webhook
    Column("sent", String),  # when the last digest went out
    Column("tried", String),  # when sending was tried last
    Column("problem", Text),
    Column("failures", Integer, nullable=False),
)

follows = Table(
    "follows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("follower_id", Integer, cascade("followers.id"), nullable=False),
    Column("kind", String, nullable=False),  # search, entity, statements
    Column("query", JSON, nullable=False),  # parameters of the Python method, ids for names
    Column("label", Text, nullable=False),
    Column("created", String, nullable=False),
    Column("since", Integer, nullable=False),  # documents up to this one were there already
    Column("seen", String, nullable=False),  # when its reader looked last
)
Index("follows_follower", follows.c.follower_id)

# Which new documents fitted; ``sent`` once they were told by mail or webhook.
follow_matches = Table(
    "follow_matches",
    metadata,
    Column("follow_id", Integer, cascade("follows.id"), primary_key=True),
    Column("document_id", Integer, cascade("documents.id"), primary_key=True),
    Column("at", String, nullable=False),
    Column("sent", String),
)
Index("follow_matches_document", follow_matches.c.document_id)
