"""Work that can be ended: it runs in a child process, since nothing interrupts the engine that answers queries."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from kb.errors import Error, QueryError
from kb.words import in_language

# A child that begins as a copy of this process has the content already. Where a system has none, nothing can be ended.
CAN_BE_ENDED = hasattr(os, "fork")


def within(seconds: float, make: Callable[[], str], language: str) -> str:
    """Return the text that `make` makes; raise QueryError where it takes longer than `seconds`, and what `make` raises.

    An Error of ours comes back with its values in `language`. Ctrl-C ends the child too.
    """
    if not CAN_BE_ENDED:
        return make()
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_answer, args=(there, seconds, make, language))
    child.start()
    there.close()
    try:
        made, error = here.recv()
    except EOFError:
        child.join()
        late = child.exitcode == -signal.SIGALRM
        raise QueryError("query-too-long" if late else "query-cut-off", seconds=f"{seconds:g}") from None
    finally:
        child.kill()
        child.join()
        here.close()
    if error:
        code, values = error
        raise QueryError(code, **values)
    return str(made)


def _answer(there: Connection, seconds: float, make: Callable[[], str], language: str) -> None:
    """Put what `make` makes, or the code and values of our Error, into the pipe; the system ends this when time is up.

    Also when the parent was ended and nobody waits any more.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        there.send((make(), None))
    except Error as error:
        there.send((None, (error.code, in_language(error.values, language))))
