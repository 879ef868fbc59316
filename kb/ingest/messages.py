"""What the ingest tells its reading processes and what they may answer."""

from __future__ import annotations

import importlib
from dataclasses import fields
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kb.catalog.records import TaggedDocument
from kb.ingest.stages import Limits, Stages
from kb.model import Known
from kb.pipe import Message
from kb.readers.options import ReadOptions

Count = Annotated[int, Meta(ge=0, le=10**9)]
Sentence = Annotated[str, Meta(max_length=2000)]


class Order(Message, frozen=True):
    """How to read: the stages by the names of their functions, and the rest."""

    stages: dict[str, str]
    options: ReadOptions
    limits: Limits
    region: str


class ReadThis(Message, frozen=True):
    """The next file."""

    path: Path
    known: Known | None = None
    name: str | None = None
    """What the file is called where ``path`` is a copy of it."""


class GoHome(Message, frozen=True):
    """There is nothing more to read."""


class Ready(Message, frozen=True):
    """The models are loaded."""


class Broken(Message, frozen=True):
    """The models cannot be loaded."""

    reason: Sentence


class Progress(Message, frozen=True):
    """A sign of life: the page that is read, or page 0 as tagging begins."""

    page: Count
    pages: Count


class Document(Message, frozen=True):
    """A document of the file; ``last`` says that it is the last one."""

    tagged: TaggedDocument
    last: bool
    seconds: float


class Refusal(Message, frozen=True):
    """A file inside the file cannot be read; the others go on."""

    part: Sentence
    reason: Sentence


class Failed(Message, frozen=True):
    """The file cannot be read."""

    reason: Sentence
    seconds: float


Told = Order | ReadThis | GoHome
Answer = Ready | Broken | Progress | Document | Refusal | Failed


def names(stages: Stages) -> dict[str, str]:
    """Each stage's function as ``module:name``; they stand at module level."""
    found = {field.name: getattr(stages, field.name) for field in fields(Stages)}
    return {stage: f"{made.__module__}:{made.__qualname__}" for stage, made in found.items()}


def stages(named: dict[str, str]) -> Stages:
    """The functions that ``names`` named."""
    found = {}
    for stage, name in named.items():
        module, _, function = name.partition(":")
        found[stage] = getattr(importlib.import_module(module), function)
    return Stages(**found)
