"""A printed number of an indicator in the app's words: what it is, and the way to its page."""

from __future__ import annotations

from kb.explore import fields
from kb.explore import views as v
from kb.web import nav
from kb.web.state import t


def address(cell: v.IndicatorCell) -> str:
    """The page it stands on, with the number marked."""
    return nav.href("dokumen", id=cell.document_id, hal=cell.page, q=cell.value_text)


def printed(cell: v.IndicatorCell) -> str:
    """The number as printed, with its own unit where the number does not say it."""
    unit = f" {cell.unit}" if cell.unit and cell.unit not in cell.value_text else ""
    return cell.value_text + unit


def page(cell: v.IndicatorCell) -> str:
    """The page by its printed label where it has one ("hlm. IV-32")."""
    return t("search.page", label=cell.page_label or cell.page)


def stage(cell: v.IndicatorCell) -> str:
    """``murni`` or ``perubahan`` in words; the first only of kinds of document that are amended."""
    if cell.stage and (cell.stage == "perubahan" or fields.is_amended(cell.doc_type)):
        return t(f"indicators.stage_{cell.stage}")
    return ""


def document(cell: v.IndicatorCell) -> str:
    """The title with its years, and its stage where that tells."""
    told = stage(cell)
    return f"{cell.dated_title} ({told})" if told else cell.dated_title


def kind(cell: v.IndicatorCell) -> str:
    """Kind, quarter and stage of the number in words ("target, triwulan II, perubahan")."""
    parts = [t(f"indicators.{cell.kind}")]
    if cell.quarter_name:
        parts.append(t("indicators.quarter", number=cell.quarter_name))
    if told := stage(cell):
        parts.append(told)
    return " ".join(parts)
