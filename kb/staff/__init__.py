"""What staff decide: the one door through which a person's judgement enters the base.

A decision is written to the catalog beside what the machine found (``kb.catalog.corrections``),
so that reading a file again applies it again, and the search index follows at once.
"""

from __future__ import annotations

from kb.staff.deciding import Kept
from kb.staff.desk import Desk

__all__ = ["Desk", "Kept"]
