"""Who is named, which office they hold, and who said what."""

from __future__ import annotations

from kb.nlp.pipeline import Tagger, load_tagger, stamp

__all__ = ["Tagger", "load_tagger", "stamp"]
