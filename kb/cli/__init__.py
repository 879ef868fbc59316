"""The command line: ``kb COMMAND``. Says what it does in ``docs/cli.md``.

Only this file and ``parser`` are loaded until a command runs, so that help is instant
and each command loads no more than it needs.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

DEBUG_VARIABLE = "KB_DEBUG"


def _quiet(run: str) -> None:
    """Logs are for servers: a command says what is wrong in a sentence of its own."""
    if run.startswith("kb.cli.serve") or os.environ.get(DEBUG_VARIABLE):
        return
    import logging

    logging.getLogger("kb").addHandler(logging.NullHandler())


def _one_thread_a_product() -> None:
    """NumPy multiplies small matrices here. With a thread a processor, each waits for one that
    is busy with something else: on two such processors a page of results by meaning took 16 ms
    a sentence instead of .8 (``benchmarks/meaning.py``). Read when NumPy is first imported,
    and handed on to every child; whoever sets it decides."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status (0 done, 1 some inputs failed, 2 wrong call or state)."""
    from kb.cli.terminal import Terminal, set_encoding

    set_encoding()
    _one_thread_a_product()
    from kb.cli.parser import parse
    from kb.errors import KBError, refusal

    arguments = parse(argv)
    _quiet(arguments.run)
    terminal = Terminal(as_json=arguments.json)
    try:
        from importlib import import_module

        module, _, function = str(arguments.run).partition(":")
        gc.disable()  # what is imported stays: looking through it for garbage only takes time
        run = getattr(import_module(module), function)
        gc.freeze()
        gc.enable()
        status = run(arguments, terminal)
        sys.stdout.flush()
        return int(status or 0)
    except KBError as error:
        return terminal.fail(str(error))
    except KeyboardInterrupt:
        return terminal.fail("Interrupted; run the command again to go on.")
    except BrokenPipeError:
        # The reader of our output left (kb search ... | head): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        told = refusal(error)
        if told is not None:
            return terminal.fail(f"The system refused: {told}")
        return terminal.fail(
            f"Something went wrong inside kb ({type(error).__name__}: {error}); "
            f"set {DEBUG_VARIABLE}=1 and run it again to see where."
        )
