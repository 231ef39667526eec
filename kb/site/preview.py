"""The live preview, the one hook: `mkdocs serve` follows the content, shows all languages and tells what is wrong.

The site tool reads its hooks anew at each rebuild; what must outlast a rebuild is kept in `_session`.
"""

import errno
import html
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import mkdocs
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from kb.errors import CannotRun, ContentError, Error
from kb.pages.render import compiled_templates
from kb.site.build import PAGES_READY, check_sites, configuration, menu, theme_values
from kb.site.pages import CONTENT, Places, generate
from kb.words import LANGUAGES, REFERENCE, counted, others, phrase

log = logging.getLogger("mkdocs.kb")


# What is wrong, in the language that it is called with.
Text = Callable[[str], str]


@dataclass
class _Session:
    serving: bool = False
    main: str = ""
    faults: list[Text] = field(default_factory=list)
    folders: dict[str, str] = field(default_factory=dict)
    temporary: list[str] = field(default_factory=list)


_session = _Session()


class _CannotServe(Abort):
    """Ends the site tool with the exit status of what could not be run."""

    code = exit_code = CannotRun.exit_status


def on_startup(*, command: str, dirty: bool) -> None:  # noqa: ARG001
    """Note whether this is a preview or a build."""
    _session.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the theme its menu and the languages, and return the configuration.

    Raise Abort where a language has a site or words alone, where the site of one has the pages of another, or where a
    preview would stand where something else is served.
    """
    language = _language(config)
    try:
        if _session.serving and not _session.main:
            check_address(*config.dev_addr)
        check_sites(_root(config))
        name = Path(config.config_file_path).name
        if name in set(map(configuration, LANGUAGES)) - {configuration(language)}:
            raise CannotRun("site-of-another", file=name, folder=f"build/pages/{language}")
    except CannotRun as error:
        raise _CannotServe(error.text(language)) from error
    config.extra.update(theme_values(language))
    config.nav = menu(config.nav or [], language) or None
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Bring the Markdown up to date; in a preview a fault is told and the last good pages stay.

    Raise Abort where a fault is found and there is no preview, or no good page to keep.
    """
    if os.environ.get(PAGES_READY) or (_session.serving and _session.main not in ("", _language(config))):
        return
    _session.faults = _told_by(lambda: generate(_root(config), changed_only=_session.serving))
    if _session.faults:
        _log(_language(config))
        if not (_session.serving and (Path(config.docs_dir) / "index.md").is_file()):
            count = len(_session.faults)
            raise Abort(counted("errors-told", count, _language(config)))


def _told_by(work: Callable[[], object]) -> list[Text]:
    """Return what is wrong after some work: nothing, faults in the content, or what kept it from being done."""
    try:
        work()
    except ContentError as error:
        return [found.render for found in error.diagnostics]
    except Error as error:
        return [error.text]
    except Abort as error:
        message = str(error)
        return [lambda _: message]
    except Exception as error:  # whatever it is, the server must go on, and those who edit must see it
        log.debug("", exc_info=True)
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        return [lambda language: phrase("page-not-made", language, detail=detail)]
    return []


def _log(language: str) -> None:
    for text in _session.faults:
        log.error(text(language))


def check_address(host: str, port: int) -> None:
    """Raise CannotRun where something is served at this address already, or nothing can be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        address = f"{host}:{port}"
        raise CannotRun("port-taken" if taken else "port-refused", address=address, reason=error.strerror) from error


def on_env(env: Any, config: MkDocsConfig, files: object) -> None:  # noqa: ARG001
    """Keep the site tool's templates compiled: every build and every rebuild would compile them again."""
    env.bytecode_cache = compiled_templates(Places(_root(config)).cache / f"mkdocs-{mkdocs.__version__}")


def on_post_build(config: MkDocsConfig) -> None:
    """Build the other languages too, in a preview."""
    if _session.serving and _session.main == _language(config):
        _build_others(config)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:  # noqa: ARG001
    """Serve all languages side by side, watch the content, and rebuild only what changed; return the server."""
    _session.main = language = _language(config)
    _session.folders = {language: config.site_dir} | {other: _temporary_folder() for other in others(language)}
    server.root = _side_by_side(_session.folders)
    server.mount_path = server.mount_path.removesuffix(f"{language}/")
    server.set_app(_with_faults(server.serve_request, language))
    server.builder = lambda: _rebuild(config, language)
    server.unwatch(config.docs_dir)
    root = _root(config)
    for name in (*CONTENT, "docs"):
        if (root / name).exists():
            server.watch(str(root / name))
    _build_others(config)
    return server


def on_shutdown() -> None:
    """Remove the folders that a preview was served from; its own the site tool removes."""
    for folder in _session.temporary:
        shutil.rmtree(folder, ignore_errors=True)


def _rebuild(config: MkDocsConfig, language: str) -> None:
    """Build the sites again; where that fails tell it, since the server would not answer before the next build."""
    _session.faults = []
    found = _told_by(lambda: _build_language(config, language))
    if found and not _session.faults:
        _session.faults = found
        _log(language)


def _build_others(config: MkDocsConfig) -> None:
    for language in others(_language(config)):
        _build_language(config, language)


def _build_language(config: MkDocsConfig, language: str) -> None:
    """Build one language into its folder, leaving pages that did not change."""
    name = str(_root(config) / configuration(language))
    folder = _session.folders[language]
    fresh = load_config(config_file=name, site_dir=folder, strict=False)
    build(fresh, dirty=(Path(folder) / "index.html").is_file())


def _temporary_folder() -> str:
    _session.temporary.append(tempfile.mkdtemp(prefix="mkdocs_"))
    return _session.temporary[-1]


def _side_by_side(folders: dict[str, str]) -> str:
    root = _temporary_folder()
    for language, folder in folders.items():
        os.symlink(folder, os.path.join(root, language))
    return root


def _with_faults(app: Callable[..., Iterable[bytes]], language: str) -> Callable[..., Iterable[bytes]]:
    """Return the server's app, with the faults of the last edit on top of every page that it serves."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        told: list[Any] = []
        body = b"".join(app(environ, lambda *arguments: told.extend(arguments[:2])))
        status, headers = told
        if _session.faults and ("Content-Type", "text/html") in headers:
            body = body.replace(b"<body", _notice(_asked_language(environ, language)) + b"<body", 1)
        start_response(
            status,
            [(k, v) for k, v in headers if k != "Content-Length"] + [("Content-Length", str(len(body)))],
        )
        return [body]

    return answer


def _asked_language(environ: dict[str, Any], otherwise: str) -> str:
    """Return the language of the page that is asked for, which stands in its address."""
    parts = str(environ.get("PATH_INFO", "")).split("/")
    return next((part for part in parts if part in LANGUAGES), otherwise)


def _notice(language: str) -> bytes:
    lines = "".join(f"<li>{html.escape(text(language))}</li>" for text in _session.faults)
    title = html.escape(phrase("diagnostics-title", language))
    return f'<div class="diagnostics" role="alert"><strong>{title}</strong><ul>{lines}</ul></div>'.encode()


def _language(config: MkDocsConfig) -> str:
    """Return the language of a site: that of the pages from which it is made, else the reference language."""
    language = Path(config.docs_dir).name
    return language if language in LANGUAGES else REFERENCE


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent
