"""What a knowledge base can be asked, one file a subject; ``base`` puts them together."""

from kb.explore.asking.claims import ClaimQuestions
from kb.explore.asking.documents import DocumentQuestions
from kb.explore.asking.entities import EntityQuestions
from kb.explore.asking.search import SearchQuestions
from kb.explore.asking.series import SeriesQuestions
from kb.explore.asking.statements import StatementQuestions

__all__ = [
    "ClaimQuestions",
    "DocumentQuestions",
    "EntityQuestions",
    "SearchQuestions",
    "SeriesQuestions",
    "StatementQuestions",
]
