"""``kb eval`` and ``kb train``: the figures and the model come from their own rooms."""

from __future__ import annotations
