"""The site served as a host on the web does: compressed, connections kept open, each file counted as it goes out."""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# What hosts compress.
_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".map", ".txt", ".csv", ".graphml", ".ttl", ".webmanifest")


@dataclass
class Served:
    """The address of the root, without a slash at the end, and the bytes over the wire of each path asked for."""

    address: str = ""
    sent: dict[str, int] = field(default_factory=dict)


@contextmanager
def serving_compressed(folder: Path) -> Iterator[Served]:
    """Serve a folder on a free port."""
    served = Served()
    handler = functools.partial(_Files, served, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    served.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@functools.lru_cache(maxsize=500)
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


class _Files(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, served: Served, *arguments: object, **options: object) -> None:
        self._served = served
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.split("?")[0].endswith("/") else path
        if path.suffix in _TEXT and path.is_file():
            self._send(path, _compressed(path))
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        """The file; the page for what is not found names its own files below the path where the site is meant to be."""
        return super().translate_path(path.removeprefix("/duo-kb"))

    def _send(self, path: Path, body: bytes) -> None:
        self._served.sent[self.path] = len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
