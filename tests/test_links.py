"""Whether sources still open is asked politely, of a server on this machine, and written down."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook import addresses
from casebook.addresses import GONE, OK, UNKNOWN, Found, Visitor
from casebook.model import Collection
from support import EXAMPLES, ROOT, casebook
from test_second_library import prepare, run

AGENT = "casebook-links/1 (test)"
ROBOTS = "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n"


class Server(http.server.ThreadingHTTPServer):
    """Answers as its paths say, and notes what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.robots: int = 200
        self.slow = threading.Event()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        name = self.path.split("/")[1]
        if name == "robots.txt":
            self.answer(self.server.robots, body=ROBOTS.encode())
        elif name == "slow":
            self.server.slow.wait(20)
        elif name == "broken":
            self.wfile.write(b"what?")
        elif name in ("301", "302"):
            self.answer(int(name), to="/200/there")
        elif name == "circle":
            self.answer(302, to="/circle")
        elif name == "away":
            self.answer(302, to="file:///etc/passwd")
        elif name == "get-only":
            self.answer(405 if self.command == "HEAD" else 200)
        else:
            self.answer(int(name) if name.isdigit() else 200)

    do_GET = do_HEAD

    def answer(self, code: int, to: str = "", body: bytes = b"") -> None:
        self.send_response(code)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.slow.set()
    running.shutdown()
    running.server_close()


def visit(
    *asked: str, known: dict[str, Found] | None = None, public_only: bool = False
) -> tuple[dict[str, Found], list[float]]:
    waited: list[float] = []
    visitor = Visitor(AGENT, "2026-01-02", pause=2, timeout=0.3, public_only=public_only, wait=waited.append)
    found: dict[str, Found] = {}
    visitor.visit(asked, known or {}, found.__setitem__)
    return found, waited


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/200", OK, 200),
        ("/301", OK, 200),
        ("/302", OK, 200),
        ("/get-only", OK, 200),
        ("/404", GONE, 404),
        ("/410", GONE, 410),
        ("/403", UNKNOWN, 403),
        ("/429", UNKNOWN, 429),
        ("/500", UNKNOWN, 500),
        ("/circle", UNKNOWN, 302),
        ("/slow", UNKNOWN, None),
        ("/broken", UNKNOWN, None),
        ("/away", UNKNOWN, 302),
        ("/private/x", UNKNOWN, None),
    ],
)
def test_each_answer_is_read_for_what_it_says(server: Server, path: str, status: str, code: int | None) -> None:
    found, _ = visit(server.root + path)
    assert (found[server.root + path].status, found[server.root + path].code) == (status, code)
    assert found[server.root + path].checked == "2026-01-02"
    if path == "/301":
        assert found[server.root + path].moved == f"{server.root}/200/there"
    if path.startswith("/private"):
        assert [path for _, path, _ in server.asked] == ["/robots.txt"]


def test_a_refused_connection_is_no_answer() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/x"
    found, _ = visit(address)
    assert found[address] == Found("2026-01-02", UNKNOWN)


def test_it_asks_politely(server: Server) -> None:
    """One question after another, by name, with the pause the host wants, and no more than is needed."""
    visit(server.root + "/200/a", server.root + "/200/b", server.root + "/404")
    assert [(method, path) for method, path, _ in server.asked] == [
        ("GET", "/robots.txt"),
        ("HEAD", "/200/a"),
        ("HEAD", "/200/b"),
        ("HEAD", "/404"),
        ("GET", "/404"),
    ]
    assert {agent for _, _, agent in server.asked} == {AGENT}
    _, waited = visit(server.root + "/200/a", server.root + "/200/b")
    assert waited == [7, 7]


@pytest.mark.parametrize(("robots", "asked"), [(404, 2), (403, 2), (503, 1)])
def test_without_rules_it_asks_and_where_the_rules_are_ill_it_does_not(server: Server, robots: int, asked: int) -> None:
    server.robots = robots
    visit(server.root + "/200")
    assert len(server.asked) == asked


def test_what_was_seen_once_is_remembered(server: Server) -> None:
    address = server.root + "/500"
    found, _ = visit(address, known={address: Found("2025-01-01", OK, 200, seen="2025-01-01")})
    assert found[address] == Found("2026-01-02", UNKNOWN, 500, seen="2025-01-01")


def test_neighbours_are_left_alone(server: Server) -> None:
    """Cases come from strangers, and a machine can reach what they cannot."""
    found, _ = visit(server.root + "/200", "http://[::1]/x", "http://169.254.169.254/x", public_only=True)
    assert {each.status for each in found.values()} == {UNKNOWN}
    assert not server.asked


def test_the_record_comes_back_as_it_was_written() -> None:
    record = {"http://b/": Found("2026-01-02", OK, 200, "2026-01-02"), "http://a/": Found("2026-01-02", GONE, 404)}
    text = addresses.written(record)
    assert addresses.read(text) == record
    assert list(json.loads(text)) == ["http://a/", "http://b/"]
    assert json.loads(text)["http://a/"] == {"checked": "2026-01-02", "status": GONE, "code": 404}
    assert addresses.gone(record) == {"http://a/": "2026-01-02"}


@pytest.mark.parametrize("text", ["", "[]", '{"x": 1}', '{"x": {"colour": "red"}}'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        addresses.read(text)


def test_every_address_of_a_source_is_asked_for(collection: Collection) -> None:
    cited = addresses.cited(collection)
    for case in collection.cases:
        for source in case.sources:
            if address := source.role("address"):
                assert address.partition("#")[0] in cited


def test_without_an_answer_nothing_is_written_and_nothing_fails(tmp_path: Path) -> None:
    """The address is one of this machine, which the command never asks."""
    text = (EXAMPLES / "valid" / "plain.yaml").read_text(encoding="utf-8")
    (tmp_path / "cases").mkdir()
    text = text.replace("  - id: s1\n", "  - id: s1\n    url: http://127.0.0.1:9/x\n", 1)
    (tmp_path / "cases" / "plain.yaml").write_text(text, encoding="utf-8")
    record = tmp_path / "links.json"
    before = addresses.written({"http://127.0.0.1:9/x": Found("2025-01-01", OK, 200, "2025-01-01")})
    record.write_text(before, encoding="utf-8")
    done = casebook("links", "--cases", tmp_path / "cases", "--record", record, "--pause", "0")
    assert done.returncode == 0, done.stderr
    assert "没有网络" in done.stdout
    assert record.read_text(encoding="utf-8") == before


def test_the_library_s_own_record_can_be_read(collection: Collection) -> None:
    path = ROOT / addresses.NAME
    if path.exists():
        assert set(addresses.read(path.read_text(encoding="utf-8"))) <= set(addresses.cited(collection))


def test_a_page_says_that_its_source_is_gone_and_where_a_copy_is(tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    case = folder / "cases/first-lift.yaml"
    own = "    url: https://example.org/a?b=1&c=2\n    archive: https://example.net/copy\n    language"
    case.write_text(case.read_text(encoding="utf-8").replace("    language", own, 1), encoding="utf-8")
    record = {"https://example.org/a?b=1&c=2": Found("2026-01-02", GONE, 404)}
    (folder / addresses.NAME).write_text(addresses.written(record), encoding="utf-8")
    done = run(folder, "build", "--site-dir", folder / "site")
    assert done.returncode == 0, done.stderr
    page = (folder / "site/cases/first-lift/index.html").read_text(encoding="utf-8")
    assert "2026-01-02 打不开了" in page
    assert 'href="https://example.net/copy" rel="noopener external">网页存档' in page
    assert "no longer opens, 2026-01-02" in (folder / "site/en/cases/first-lift/index.html").read_text(encoding="utf-8")
    (folder / addresses.NAME).write_text("[", encoding="utf-8")
    assert run(folder, "build", "--site-dir", folder / "site").returncode == 1
