"""Commands and their options. No other room is loaded here."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from kb.cli.parser_sources import sources
from kb.cli.parser_staff import deciding

SORTS = ("relevance", "newest", "oldest")
KINDS = ("official", "person", "institution", "place")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, exit status 2."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"kb: {message}; see '{self.prog} --help'.\n")
        raise SystemExit(2)


_Add = Callable[[str, str, str], _Parser]


def _positive(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number from 0 is needed")
    return number


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments of one call; exits with status 2 and a sentence where they are wrong.

    ``--home`` and ``--json`` may stand before or after the command, so none of the two
    places may have a default that would override the other.
    """
    return parser().parse_args(argv, argparse.Namespace(home=None, json=False))


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--home",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="folder of the knowledge base (default: $KB_HOME, else ./index)",
    )
    shared.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="write exactly one JSON value to standard output",
    )
    top = _Parser(
        prog="kb",
        parents=[shared],
        description="Searchable knowledge base of Indonesian provincial government documents.",
        epilog="Exit status: 0 done; 1 done, but some inputs failed; 2 wrong call or state.",
    )
    top.add_argument("--version", action="version", version=f"kb {_version()}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: str, help: str) -> _Parser:
        command = commands.add_parser(name, parents=[shared], help=help, description=help)
        command.set_defaults(run=run)
        return command

    _filling(add)
    sources(add, shared, _positive)
    _alerts(add, shared)
    _asking(add)
    _exporting(add("export", "kb.cli.export:export", "a whole result as a file"), shared)
    _keeping(add)
    deciding(add, shared, _positive)
    _serving(add)
    _measuring(add("eval", "kb.cli.measure:evaluate", "accuracy against gold"), shared, add)
    return top


def _version() -> str:
    from kb import __version__

    return __version__


def _filling(add: _Add) -> None:
    c = add("ingest", "kb.cli.work:ingest", "read files and folders into the knowledge base")
    c.add_argument("paths", metavar="PATH", nargs="+", help="file or folder (read recursively)")
    c.add_argument("--workers", metavar="N", type=_positive, help="reading processes")
    c.add_argument("--ocr", choices=("auto", "always", "never"), help="reading scanned pages")
    c.add_argument("--force", action="store_true", help="also files that did not change")
    c.add_argument(
        "--password",
        metavar="P",
        action="append",
        default=[],
        help="tried on encrypted files (may be repeated)",
    )

    c.add_argument("--embed", action="store_true", help="then make vectors, as 'kb embed' does")
    c.add_argument("--queue", action="store_true", help="hand the files to 'kb worker' instead")
    c.add_argument(
        "--in-place",
        action="store_true",
        help="with --queue: workers see the files by the same paths, copy none",
    )
    c = add("worker", "kb.cli.serve:worker", "read what 'kb ingest --queue' handed over")
    c.add_argument("--jobs", metavar="N", type=_positive, help="files at once (default: by cores)")
    c.add_argument("--until-empty", action="store_true", help="end when nothing waits any more")
    c.add_argument("--status", action="store_true", help="say how the queue stands, and end")
    c = add("embed", "kb.cli.work:embed", "vectors for search by meaning, of pages without any")
    c.add_argument("--gently", action="store_true", help="on one processor, behind all else")
    c = add("sync", "kb.cli.sources:sync", "fetch what is new from the sources")
    c.add_argument("source", metavar="SOURCE", nargs="?", help="its name (all: leave out)")
    c.add_argument("--since", metavar="DATE", help="only what is younger (2024, 2024-03-15)")
    c.add_argument("--dry-run", action="store_true", help="say what would be fetched")
    every = "walk through lists to their end and ask for every known page again"
    c.add_argument("--whole", action="store_true", help=every)
    c = add("warc", "kb.cli.sources:warc", "the originals of fetched documents as a WARC file")
    c.add_argument("file", metavar="FILE", help="FILE.warc or FILE.warc.gz to write")
    c.add_argument("--document", metavar="DOCUMENT", type=int, help="only those of this one")

    c = add("tag", "kb.cli.tag:tag", "tag one text, HTML or PDF without storing it")
    c.add_argument("file", metavar="FILE", nargs="?", default="-", help="file, or - for input")
    c.add_argument("--jsonl", metavar="FILE", help="tag a JSON object with 'text' in each line")
    c.add_argument("--workers", metavar="N", type=_positive, default=1, help="for --jsonl")
    c.add_argument("--ocr", choices=("auto", "always", "never"), default="auto")
    c.add_argument("--password", metavar="P", action="append", default=[])


def _alerts(add: _Add, shared: _Parser) -> None:
    kinds = add("alerts", "", "what readers follow, and telling them of it").add_subparsers(
        title="what", metavar="WHAT", required=True
    )

    def one(name: str, run: str, help: str) -> _Parser:
        made: _Parser = kinds.add_parser(name, parents=[shared], help=help, description=help)
        made.set_defaults(run=f"kb.cli.alerts:{run}")
        return made

    one("run", "run", "match what came in, send what is due (kb serve does it by itself)")
    one("list", "listed", "all lists with what is followed")
    c = one("add", "add", "follow words, an entity, or what somebody says")
    c.add_argument("query", metavar="QUERY", nargs="?", help="words, as for a search")
    c.add_argument("--entity", metavar="E", help="all that names it; name or id")
    c.add_argument("--speaker", metavar="S", help="what this person says (about QUERY)")
    c.add_argument("--list", metavar="N", type=_positive, help="into this list (else a new one)")
    c.add_argument("--mail", metavar="ADDRESS", help="where to, once the address agreed")
    c.add_argument("--every", choices=("daily", "weekly"), default="daily")
    c.add_argument("--webhook", metavar="ADDRESS", help="post it there as soon as it is found")
    c = one("remove", "remove", "give up a list, or one thing in it")
    c.add_argument("list", metavar="LIST", type=_positive)
    c.add_argument("follow", metavar="FOLLOW", type=_positive, nargs="?")


def search_options(c: argparse.ArgumentParser, to: str = "--to") -> None:
    """Filters of a search."""
    c.add_argument("query", metavar="QUERY", help="what to look for, '' for everything")
    c.add_argument("--year", metavar="Y", type=int, action="append", default=[])
    c.add_argument("--institution", metavar="I", action="append", default=[], help="name or id")
    c.add_argument("--official", metavar="O", action="append", default=[], help="name or id")
    c.add_argument("--place", metavar="P", action="append", default=[], help="name or id")
    c.add_argument("--type", metavar="T", action="append", default=[], help="rkpd, lkpd, ...")
    c.add_argument("--from", dest="date_from", metavar="DATE", help="2024, 2024-03, 2024-03-15")
    c.add_argument(to, dest="date_to", metavar="DATE")
    c.add_argument("--figures", action="store_true", help="only pages that state a figure")
    c.add_argument("--sort", choices=SORTS, default="relevance")
    _withdrawn(c)


def _withdrawn(c: argparse.ArgumentParser) -> None:
    c.add_argument(
        "--withdrawn", action="store_true", help="only of documents their sources took back"
    )


def statement_options(c: argparse.ArgumentParser, to: str = "--to") -> None:
    """Filters of statements."""
    c.add_argument("query", metavar="QUERY", nargs="?", help="words the statement holds")
    c.add_argument("--speaker", metavar="S", help="name or id")
    c.add_argument("--institution", metavar="I", help="the speaker's; name or id")
    c.add_argument("--from", dest="date_from", metavar="DATE")
    c.add_argument(to, dest="date_to", metavar="DATE")
    c.add_argument("--kind", choices=("direct", "indirect"))
    c.add_argument("--sort", choices=("newest", "oldest"), default="newest")
    _withdrawn(c)


def entity_options(c: argparse.ArgumentParser, to: str = "--to") -> None:
    """Filters of the entity list."""
    c.add_argument("query", metavar="QUERY", nargs="?", help="part of a name")
    c.add_argument("--type", choices=KINDS)
    c.add_argument("--sort", choices=("mentions", "name", "recent"), default="mentions")
    _withdrawn(c)


def indicator_options(c: argparse.ArgumentParser, to: str = "--to") -> None:
    """Filters of indicators."""
    c.add_argument("query", metavar="QUERY", nargs="?", help="words of the indicator")
    c.add_argument("--year", metavar="Y", type=int, action="append", default=[])
    c.add_argument("--institution", metavar="I", help="agency or issuer")


def claim_options(c: argparse.ArgumentParser, to: str = "--to") -> None:
    """Filters of claims."""
    c.add_argument("query", metavar="QUERY", nargs="?", help="words of the sentence")
    c.add_argument("--official", metavar="O", help="who said it; name or id")
    c.add_argument("--indicator", metavar="NAME", help="what is measured")
    c.add_argument("--year", metavar="Y", type=int, action="append", default=[])
    c.add_argument("--kind", choices=("reached", "target", "change", "comparison"))
    beside = c.add_mutually_exclusive_group()
    for name, help in (
        ("agree", "only where a document prints the same number"),
        ("differ", "only where documents print another number"),
        ("paired", "only where a document prints any number of it"),
    ):
        beside.add_argument(f"--{name}", action="store_true", help=help)


def _paging(c: argparse.ArgumentParser, limit: int) -> None:
    c.add_argument("--limit", metavar="N", type=_positive, default=limit)
    c.add_argument("--offset", metavar="N", type=_positive, default=0)


def _asking(add: _Add) -> None:
    c = add("search", "kb.cli.ask:search", "find pages")
    search_options(c)
    c.add_argument("--no-meaning", action="store_true", help="by words alone")
    _paging(c, 10)
    c = add("statements", "kb.cli.ask:statements", "who said what")
    statement_options(c)
    _paging(c, 20)
    c = add("entities", "kb.cli.ask:entities", "officials, institutions and places")
    entity_options(c)
    _paging(c, 20)
    c = add("entity", "kb.cli.ask:entity", "everything known of one entity")
    c.add_argument("id", metavar="ID", help="its id, or a name only one entity has")
    c = add("timeline", "kb.cli.ask:timeline", "dated events of an entity or a query")
    c.add_argument("subject", metavar="ID|QUERY")
    c.add_argument("--from", dest="date_from", metavar="DATE")
    c.add_argument("--to", dest="date_to", metavar="DATE")
    c.add_argument("--limit", metavar="N", type=_positive, help="the latest N events")
    c = add("trends", "kb.cli.ask:trends", "pages by year for words or entities")
    c.add_argument("terms", metavar="QUERY|ID", nargs="+")
    c.add_argument("--by", choices=("covered", "published"), default="covered")
    c.add_argument("--from-year", metavar="Y", type=int)
    c.add_argument("--to-year", metavar="Y", type=int)
    c = add("indicators", "kb.cli.claims:indicators", "target against realisation by year")
    indicator_options(c)
    c.add_argument("--disagree", action="store_true", help="where documents state other numbers")
    _paging(c, 20)
    c = add("claims", "kb.cli.claims:claims", "figures that were said, beside those of documents")
    claim_options(c)
    _paging(c, 20)
    c = add("who", "kb.cli.ask:who", "who mentions a query most")
    c.add_argument("query", metavar="QUERY")
    c.add_argument("--limit", metavar="N", type=_positive, default=10)
    c = add(
        "many", "kb.cli.many:many", "a list of names: which documents and statements have which"
    )
    c.add_argument(
        "file", metavar="FILE", help="one name a line, or CSV (its first column); - reads"
    )
    c = add("show", "kb.cli.show:show", "one document: what it is, its pages, mentions, statements")
    c.add_argument("document", metavar="DOCUMENT", type=int)
    c.add_argument("--page", metavar="N", type=_positive)
    c = add("tables", "kb.cli.tables:tables", "a document's tables, with page and caption")
    c.add_argument("document", metavar="DOCUMENT", type=int)
    c.add_argument("--page", metavar="N", type=_positive, help="only those of this page")
    c.add_argument("--table", metavar="N", type=_positive, help="only this one, counted from 1")
    c.add_argument("--format", choices=("csv", "xlsx", "json"), help="as a file of this kind")
    c.add_argument("--to", metavar="FILE", help="the file (.csv, .xlsx, .json)")
    c = add("cite", "kb.cli.show:cite", "a reference to a document, a page or a statement")
    c.add_argument("document", metavar="DOCUMENT", type=int)
    c.add_argument("--page", metavar="N", type=_positive)
    c.add_argument("--statement", metavar="N", type=_positive)
    c.add_argument("--bibtex", action="store_true", help="as BibTeX")
    c = add("related", "kb.cli.show:related", "documents like this one, or pages like one page")
    c.add_argument("document", metavar="DOCUMENT", type=int)
    c.add_argument("--page", metavar="N", type=_positive, help="pages like this page of it")
    c.add_argument("--limit", metavar="N", type=_positive, default=8)
    c = add("diff", "kb.cli.show:diff", "what changed between two documents, or two versions")
    c.add_argument("document", metavar="DOCUMENT", type=int)
    c.add_argument("other", metavar="OTHER", type=int, nargs="?")
    c.add_argument("--version", metavar="N", type=_positive, help="this version of DOCUMENT")
    c.add_argument("--to-version", metavar="M", type=_positive, help="and this (now: leave out)")
    c.add_argument("--page", metavar="N", type=_positive, help="only this page of DOCUMENT")
    c.add_argument("--other-page", metavar="N", type=_positive, help="and this of OTHER (the same)")
    c.add_argument("--limit", metavar="N", type=_positive, default=50)
    c.add_argument("--figures", action="store_true", help="numbers of indicators that changed")
    add("info", "kb.cli.show:info", "what the knowledge base holds")


def _exporting(c: argparse.ArgumentParser, shared: _Parser) -> None:
    options = {
        "search": search_options,
        "statements": statement_options,
        "entities": entity_options,
        "indicators": indicator_options,
        "claims": claim_options,
    }
    kinds = c.add_subparsers(title="what", metavar="WHAT", required=True)
    for name, fill in options.items():
        help = f"all {name} that fit, with source and page"
        kind = kinds.add_parser(name, parents=[shared], help=help, description=help)
        fill(kind, "--until")
        kind.add_argument(
            "--to", dest="to", metavar="FILE", required=True, help="FILE.csv, .xlsx or .json"
        )
        kind.set_defaults(what=name)


def _keeping(add: _Add) -> None:
    add("rebuild", "kb.cli.work:rebuild", "the search index again from the catalog")
    c = add("check", "kb.cli.work:check", "what is wrong and how to mend it; exit 1 if anything is")
    c.add_argument("--mend", action="store_true", help="mend what needs no file read again")
    c = add("backup", "kb.cli.keep:backup", "the whole base as one file; others may go on working")
    c.add_argument("file", metavar="FILE", help="FILE.zip to write")
    c = add("restore", "kb.cli.keep:restore", "the base from a backup, its index built anew")
    c.add_argument("file", metavar="FILE", help="a file of 'kb backup'")
    c.add_argument("--replace", action="store_true", help="give up the base that is there")
    c = add("move", "kb.cli.keep:move", "the catalog into another database, compared row by row")
    c.add_argument(
        "--to", metavar="URL", required=True, help="postgresql+psycopg://user@host/name, or: file"
    )


def _serving(add: _Add) -> None:
    c = add("serve", "kb.cli.serve:serve", "the app in a browser")
    c.add_argument("--host", metavar="HOST", default="127.0.0.1")
    c.add_argument("--port", metavar="PORT", type=_positive)
    add("mcp", "kb.cli.serve:mcp", "answer an assistant program over stdin and stdout (MCP)")
    c = add("admin-password", "kb.cli.admin:admin_password", "turn the app's Kelola page on")
    c.add_argument("--remove", action="store_true", help="turn it off")


def _measuring(c: argparse.ArgumentParser, shared: _Parser, add: _Add) -> None:
    kinds = c.add_subparsers(title="what", metavar="WHAT", required=True)
    for name, help in (
        ("tags", "names, offices and institutions against gold articles"),
        ("statements", "statements and speakers against gold articles"),
        ("claims", "figures in running text against gold texts"),
        ("pairs", "pairings of figures with printed numbers against gold"),
        ("search", "ranking against questions with known answers"),
        ("questions", "answers to questions as people ask them"),
    ):
        kind = kinds.add_parser(name, parents=[shared], help=help, description=help)
        kind.add_argument(
            "files", metavar="FILE", nargs="*" if name in ("search", "questions") else "+"
        )
        if name == "questions":
            kind.add_argument("--part", choices=("all", "open", "held"), default="all")
        kind.set_defaults(what=name)
        if name == "search":
            kind.add_argument("--no-meaning", action="store_true", help="by words alone")
    t = add("train", "kb.cli.measure:train", "the name model again from its sources")
    t.add_argument("corpora", metavar="DIR", nargs="?", help="folder of public CoNLL files")
    t.add_argument("--to", metavar="DIR", help="where to write the model")
    t.add_argument(
        "--with", dest="gold", metavar="FILE", help="gold of 'kb corrections gold' to learn from"
    )
    t.add_argument(
        "--part",
        choices=("crf", "encoder", "encoder-names", "speakers"),
        default="crf",
        help="crf: the name model; encoder: the encoder for search from its source; "
        "encoder-names: its copy tuned for names (these two need the extra `train`); "
        "speakers: the weights of who speaks",
    )
