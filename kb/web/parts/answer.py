"""The answer to a question above its results: a name, a number or words, each with its page."""

from __future__ import annotations

from kb.explore import views as v
from kb.web import nav
from kb.web.parts.cards import day, meta, term_line
from kb.web.safe import html
from kb.web.state import t


def answer_block(answer: v.Answer) -> str:
    """The answer as HTML."""
    lines = "".join(f"<li>{_line(line)}</li>" for line in answer.lines)
    return (
        f'<section class="kb-answer" data-top><h2>{html(t("search.answer"))}</h2>'
        f"<ul>{lines}</ul></section>"
    )


def _line(line: v.AnswerLine) -> str:
    head, facts = f"<b>{html(line.text)}</b>", ""
    if line.office is not None:
        name = nav.anchor(nav.href("entitas", id=line.entity_id), html(line.text))
        head, facts = f"<b>{name}</b>", meta([term_line(line.office)])
    elif line.number is not None:
        kind = t(f"indicators.{line.number.kind}")
        what = {"indicator": line.indicator or "", "kind": kind, "year": line.number.year}
        facts = meta([t("search.answer_number", **what)])
    elif line.statement is not None:
        said = line.statement
        words = f"“{line.text}”" if said.kind == "direct" else line.text
        head = f'<blockquote class="kb-quote">{html(words)}</blockquote>'
        facts = meta([said.speaker or t("statements.unknown_speaker"), said.office])
    page = t("search.page", label=line.page_label or line.page)
    where = nav.anchor(
        nav.href(
            "dokumen",
            id=line.document_id,
            hal=line.page,
            s=line.statement.statement_id if line.statement else None,
        ),
        html(" · ".join(filter(None, [day(line.date), line.title, page]))),
        style="kb-where kb-i kb-i-page",
    )
    return f"{head}{facts}{where}"
