"""Who is named, which office they hold, and who said what."""

from __future__ import annotations

from kb.nlp.pipeline import DATA, Tagger, load_tagger, nlp_pipeline, stamp

__all__ = ["DATA", "Tagger", "load_tagger", "nlp_pipeline", "stamp"]
