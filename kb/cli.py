"""The command line: the only place that prints. Exit status 0 fine, 1 faults in the content, 2 could not run."""

import errno
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from kb import __version__
from kb.answers import as_table, bind_values, serialize
from kb.checks.validation import shacl_faults
from kb.content.knowledge_base import KnowledgeBase, load_knowledge_base
from kb.content.queries import Query, find_query, load_query
from kb.diagnostics import Diagnostic, errors
from kb.errors import ContentError, Error, QueryError, WriteError
from kb.exports.graph import FORMATS, export_graph
from kb.files import write_text
from kb.namespaces import DUO
from kb.site.build import build_site, check_words
from kb.site.pages import checked, faults_of, find_root
from kb.suggestions import did_you_mean, nearest
from kb.time_limit import within
from kb.words import LANGUAGES, REFERENCE, counted, language_name, phrase

# As a shell has it for a command that Ctrl-C ended.
_STOPPED = 128 + signal.SIGINT
_LONGEST = 86_400


class _Group(click.Group):
    """A group of commands in which our own errors become one message on standard error and their exit status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ContentError as error:
            _print_faults(error.diagnostics, ctx.params["language"])
            sys.exit(error.exit_status)
        except Error as error:
            click.echo(f"kb: {error.text(ctx.params['language'])}", err=True)
            sys.exit(error.exit_status)
        except KeyboardInterrupt:
            click.echo(f"\nkb: {phrase('stopped', ctx.params['language'])}", err=True)
            sys.exit(_STOPPED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
@click.option(
    "--root",
    type=click.Path(path_type=Path),
    help="The project's folder; found from here upwards if not given.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=REFERENCE,
    show_default=True,
    help="Language of messages and labels.",
)
@click.pass_context
def main(ctx: click.Context, root: Path | None, language: str) -> None:
    """The evidence base for befriending and mentoring.

    \b
    Example: kb --language nl check
    """
    check_words()
    ctx.obj = {"root": root, "language": language}


def _say(text: str, end: str = "\n") -> None:
    """Print on standard output; raise WriteError where that fails, such as on a full disk.

    A reader that went away, as `head` does, is left to the library.
    """
    try:
        click.echo(f"{text}{end}", nl=False)
    except OSError as error:
        if error.errno != errno.EPIPE:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left of it would fail once more at the end
            raise WriteError("not-printed", reason=error.strerror or error) from error
        raise


def _root(ctx: click.Context) -> Path:
    return find_root((ctx.obj["root"] or Path.cwd()).resolve())


@main.command()
@click.option("--shacl", is_flag=True, help="Judge the shapes with pySHACL, the slow reference.")
@click.option("--report", is_flag=True, help="Tell too what is thin or missing: the questions of the group coverage.")
@click.pass_context
def check(ctx: click.Context, *, shacl: bool, report: bool) -> None:
    """Look for faults in the content.

    \b
    Example: kb check
             kb check --report
    """
    kb = load_knowledge_base(_root(ctx))
    found = sorted({*faults_of(kb), *(shacl_faults(kb) if shacl and not errors(kb.faults) else ())})
    if errors(found):
        _print_faults(found, ctx.obj["language"], "errors-checked")
        ctx.exit(ContentError.exit_status)
    _print_faults(found, ctx.obj["language"])
    if report:
        _print_coverage(kb, ctx.obj["language"])
    code = "check-warned" if found else "check-fine"
    _say(counted(code, len(found), ctx.obj["language"], **_counts(kb)))


def _print_coverage(kb: KnowledgeBase, language: str) -> None:
    """Print the answers to the questions about coverage, one after the other, each under its title."""
    for asked in kb.queries.values():
        if asked.group == "coverage":
            _say(f"{asked.title(language)}\n{asked.about(language)}\n")
            _say(as_table(kb, kb.query(asked.text), language, markdown=False))


def _counts(kb: KnowledgeBase) -> dict[str, int]:
    claims = len(set(kb.graph.subjects(DUO.kind)))
    return {"sources": len(kb.bibliography.sources), "claims": claims, "statements": kb.size}


@main.command()
@click.option("--force", is_flag=True, help="Build even if nothing changed since the last build.")
@click.pass_context
def build(ctx: click.Context, *, force: bool) -> None:
    """Check the content and build the site into site/; what was there stays until the new one is whole.

    \b
    Example: kb build
    """
    started = time.perf_counter()
    language = ctx.obj["language"]
    built = build_site(_root(ctx), partial(_stage, language), force=force)
    if built is None:
        _say(phrase("build-nothing", language))
        return
    counts = {"claims": built.claims, "sources": built.sources, "warnings": built.warnings}
    seconds = f"{time.perf_counter() - started:.1f}"
    _say(phrase("build-done", language, pages=_pages(built.pages, language), seconds=seconds, **counts))


def _pages(counts: Mapping[str, int], language: str) -> str:
    """Return in words how many pages there are in each language."""
    told = ((n, language_name(of, language)) for of, n in counts.items())
    return ", ".join(phrase("build-pages", language, n=n, language=name) for n, name in told)


@contextmanager
def _stage(language: str, name: str) -> Iterator[None]:
    _say(f"{phrase(f'stage-{name}', language)} … ", end="")
    started = time.perf_counter()
    yield
    _say(f"{time.perf_counter() - started:.1f} s")


@main.command()
@click.argument("question")
@click.argument("values", nargs=-1, metavar="[PARAMETER=VALUE]...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "csv", "json", "markdown"]),
    default="table",
    show_default=True,
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True, max=_LONGEST),
    default=60,
    show_default=True,
    help="How long the answer may take.",
)
@click.pass_context
def query(ctx: click.Context, question: str, values: Sequence[str], format_: str, seconds: float) -> None:
    """Ask a question: the NAME of one (see `kb queries`) or a FILE.rq of your own.

    \b
    Example: kb query sources-of-indicator indicator=matching
             kb query my-question.rq --format csv
    """
    kb, _ = checked(_root(ctx))
    language = ctx.obj["language"]
    asked = _find(kb, question, language)
    text = bind_values(kb, asked, values)
    _say(within(seconds, partial(_answer, kb, text, format_, language), language), end="")


def _answer(kb: KnowledgeBase, text: str, format_: str, language: str) -> str:
    """Return the answer to a query as a person or another program reads it."""
    result = kb.query(text)
    if format_ in ("csv", "json"):
        return serialize(result, format_)
    return as_table(kb, result, language, markdown=format_ == "markdown")


def _find(kb: KnowledgeBase, name: str, language: str) -> Query:
    """Return the question of this name, or that in the file of this name; raise QueryError where there is none.

    For an old name, the new one is printed beside the answer, on standard error.
    """
    found = find_query(kb.queries, name)
    if found:
        if found.name != name:
            click.echo(phrase("question-renamed", language, old=name, name=found.name), err=True)
        return found
    if name.endswith(".rq") or Path(name).is_file():
        return load_query(Path(name))
    raise QueryError("no-such-question", name=name, suggestion=did_you_mean(nearest(name, kb.queries)))


@main.command()
@click.pass_context
def queries(ctx: click.Context) -> None:
    """List the questions, by group, with their parameters and defaults.

    \b
    Example: kb --language nl queries
    """
    kb = load_knowledge_base(_root(ctx))
    width = max((len(name) for name in kb.queries), default=0)
    for asked in sorted(kb.queries.values(), key=lambda asked: (asked.group, asked.name)):
        given = "".join(f"  [{name}={asked.default(name) or '…'}]" for name in asked.parameters)
        _say(f"{asked.name:{width}}  {asked.title(ctx.obj['language'])}{given}")


@main.command()
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="turtle", show_default=True)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; standard output if not given.",
)
@click.pass_context
def export(ctx: click.Context, format_: str, output: Path | None) -> None:
    """Write the whole graph, with what is derived from it.

    \b
    Example: kb export --format turtle --output duo-kb.ttl
    """
    kb, _ = checked(_root(ctx))
    text = export_graph(kb, format_)
    if output is None:
        _say(text, end="")
        return
    write_text(output, text)
    _say(phrase("exported", ctx.obj["language"], file=output, statements=kb.size))


def _print_faults(found: Sequence[Diagnostic], language: str, last: str = "errors-told") -> None:
    """Print what was found on standard error, sorted, and a `last` line with the number of errors, if any."""
    for diagnostic in sorted(found):
        click.echo(diagnostic.render(language), err=True)
    count = len(errors(found))
    if count:
        click.echo(counted(last, count, language), err=True)
