"""Where documents come in by themselves: sites, feeds, folders; politely, with proof.

``add`` looks at an address and says what it found, ``sync`` fetches what is new and gives it to
``kb.ingest``. Kinds of sources stand in ``kinds/``, one small class each; manners (robots.txt,
pauses, budgets, private addresses) in ``fetching`` and ``guard``; kept bytes in ``originals``.
"""

from __future__ import annotations
