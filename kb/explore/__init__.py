"""Answers to what people ask of the base: search, statements, entities, timeline, trends."""

from kb.explore.base import KnowledgeBase, open_kb

__all__ = ["KnowledgeBase", "open_kb"]
