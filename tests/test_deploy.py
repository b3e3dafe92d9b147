"""The recipes for publishing, with real servers, on this machine alone."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest

from support import EXAMPLES, ROOT, casebook
from test_second_library import prepare, run

DEPLOY = ROOT / "deploy"
THEME = ROOT / "scripts/casebook/site/theme/main.html"
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
REQUESTS, VISITORS = 10_000, 4


def publish(*arguments: str | Path) -> None:
    subprocess.run([DEPLOY / "publish.sh", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where two editions of a small site were put, one after the other."""
    folder = tmp_path_factory.mktemp("deploy")
    done = casebook("build", "--cases", EXAMPLES / "valid", "--site-dir", folder / "site")
    assert done.returncode == 0, done.stderr
    publish("put", folder / "site", folder / "home")
    publish("put", folder / "site", folder / "home")
    folder.chmod(0o755)
    return folder / "home"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def running(command: list[str | Path], port: int, home: Path) -> Iterator[None]:
    """A server, from when it answers until the tests are done."""
    own = {**os.environ, "HOME": str(home.parent), "XDG_CONFIG_HOME": str(home.parent / "caddy")}
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=own)
    threading.Thread(target=lambda: server.stderr and server.stderr.read(), daemon=True).start()
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "the server stopped"
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def nginx(home: Path, port: int) -> list[str | Path]:
    """Our configuration; only the folder, the port and what needs rights are changed."""
    work = home.parent / "nginx"
    work.mkdir()
    shutil.copy(DEPLOY / "headers.conf", work)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/srv/casebook", str(home))
    own = f"daemon off; pid {work}/pid; error_log {work}/error.log; events {{}}\n"
    if BROTLI.exists():
        own, text = f"load_module {BROTLI};\n{own}", text.replace("# brotli_static on;", "brotli_static on;")
    # Tests may run as root, and the server's own user cannot read their folders.
    own += "user root;\n" if Path("/proc/self").stat().st_uid == 0 else ""
    temporary = "".join(
        f"{name}_temp_path {work}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (work / "nginx.conf").write_text(f"{own}http {{ access_log off; {temporary}{text} }}\n", encoding="utf-8")
    return [str(shutil.which("nginx", path=PATH)), "-p", work, "-c", work / "nginx.conf"]


def caddy(home: Path, port: int) -> list[str | Path]:
    """Our configuration; only the folder and the port are changed, and nothing is offered for administration."""
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    text = text.replace(":8080", f"http://127.0.0.1:{port}").replace("/srv/casebook", str(home))
    path = home.parent / "Caddyfile"
    path.write_text(f"{{\n\tadmin off\n}}\n{text}", encoding="utf-8")
    return [str(shutil.which("caddy", path=PATH)), "run", "--config", path, "--adapter", "caddyfile"]


SERVERS = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if shutil.which(name, path=PATH) is None:
        pytest.skip(f"{name} is not installed")
    return name


@pytest.fixture(scope="module")
def port(server: str, home: Path) -> Iterator[int]:
    number = free_port()
    with running(SERVERS[server](home, number), number, home):
        yield number


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def asset(home: Path, suffix: str) -> str:
    return "/" + next((home / "current/assets").glob(f"*{suffix}")).relative_to(home / "current").as_posix()


@pytest.mark.parametrize("path", ["/", "/cases/", "/en/", "/data/datapackage.json", "/no/such/page/"])
def test_every_answer_is_guarded(port: int, path: str) -> None:
    headers = get(port, path)[0].headers
    written = re.search(r'Content-Security-Policy" content="([^"]+)"', THEME.read_text(encoding="utf-8"))
    assert written
    assert set(headers.get_all("Content-Security-Policy", ())) == {written[1], "frame-ancestors 'self'"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert not re.search(r"\d", headers["Server"] or ""), "its name at most, never its version"
    assert headers["Cache-Control"] == "no-cache"


def test_what_is_made_for_other_sites_may_be_framed(port: int, home: Path) -> None:
    page = next((home / "current/embed").rglob("index.html")).parent.relative_to(home / "current").as_posix()
    (policy,) = get(port, f"/{page}/")[0].headers.get_all("Content-Security-Policy", ())
    assert "frame-ancestors" not in policy
    assert "default-src 'self'" in policy


def test_both_servers_say_the_same() -> None:
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    for name, value in re.findall(r'add_header (\S+) "([^"]+)"', (DEPLOY / "headers.conf").read_text(encoding="utf-8")):
        assert re.search(rf'{name} "?{re.escape(value)}"?\n', text), name


def test_names_after_content_are_kept_and_others_asked_for_again(port: int, home: Path) -> None:
    for suffix in (".css", ".js"):
        response, _ = get(port, asset(home, suffix))
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    data = next((home / "current/assets/data").glob("*/zh/*.js")).relative_to(home / "current").as_posix()
    assert "immutable" in get(port, f"/{data}")[0].headers["Cache-Control"]
    response, _ = get(port, "/assets/gone.00000000.js")
    assert (response.status, response.headers["Cache-Control"]) == (404, "no-cache")
    tag = get(port, "/")[0].headers["ETag"]
    assert get(port, "/", If_None_Match=tag)[0].status == 304


@pytest.mark.parametrize("coding", ["gzip", "br"])
@pytest.mark.parametrize("path", ["/cases/", "/data/answers.csv", "/data/index.json"])
def test_what_was_packed_beforehand_is_sent(port: int, server: str, home: Path, coding: str, path: str) -> None:
    if coding == "br" and (not shutil.which("brotli") or (server == "nginx" and not BROTLI.exists())):
        pytest.skip("brotli is not installed")
    file = f"{path}index.html" if path.endswith("/") else path
    response, body = get(port, path, Accept_Encoding=coding)
    assert response.headers["Content-Encoding"] == coding
    assert body == Path(f"{home}/current{file}{'.gz' if coding == 'gzip' else '.br'}").read_bytes()
    plain = gzip.decompress(body) if coding == "gzip" else brotli.decompress(body)
    assert plain == get(port, path)[1] == Path(f"{home}/current{file}").read_bytes()
    assert "Accept-Encoding" in response.headers["Vary"]


def test_a_missing_page_is_ours_and_nothing_hidden_is_shown(port: int, home: Path) -> None:
    response, body = get(port, "/no/such/page/")
    assert (response.status, body) == (404, (home / "current/404.html").read_bytes())
    (home / "current/.secret").write_text("x", encoding="utf-8")
    assert get(port, "/.secret")[0].status == 404
    assert get(port, "/../../editions/")[0].status in (400, 404)
    assert get(port, "/", "POST")[0].status in (403, 405)
    response, _ = get(port, "/cases")
    assert (response.status, response.headers["Location"]) in {(301, "/cases/"), (308, "/cases/"), (308, "cases/")}


def test_kinds_of_files_are_named(port: int) -> None:
    assert get(port, "/data/answers.csv")[0].headers["Content-Type"] == "text/csv; charset=utf-8"
    assert get(port, "/data/datapackage.json")[0].headers["Content-Type"].startswith("application/json")
    assert get(port, "/")[0].headers["Content-Type"] == "text/html; charset=utf-8"
    assert re.match("(application|text)/(atom\\+)?xml", get(port, "/feed.xml")[0].headers["Content-Type"])


def test_many_requests_without_an_error(port: int, home: Path) -> None:
    site = home / "current"
    paths = [f"/{path.relative_to(site).as_posix()}".removesuffix("index.html") for path in site.rglob("*.html")]
    paths += [asset(home, ".css"), asset(home, ".js"), "/data/datapackage.json", "/feed.xml"]
    wrong: list[str] = []

    def visit(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(first, REQUESTS, VISITORS):
            path = paths[number % len(paths)]
            connection.request("GET", path, headers={"Accept-Encoding": "gzip" if number % 3 else "br"})
            response = connection.getresponse()
            if not response.read() or response.status != 200:
                wrong.append(f"{response.status} {path}")
        connection.close()

    visitors = [threading.Thread(target=visit, args=(first,)) for first in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert wrong == []


def test_back_is_one_command_and_seen_at_once(port: int, home: Path) -> None:
    now, before = (home / "current").resolve(), (home / "previous").resolve()
    assert now != before
    (before / "edition.txt").write_text("before", encoding="utf-8")
    assert get(port, "/edition.txt")[0].status == 404
    publish("back", home)
    assert ((home / "current").resolve(), (home / "previous").resolve()) == (before, now)
    assert get(port, "/edition.txt")[1] == b"before"
    publish("back", home)
    assert get(port, "/edition.txt")[0].status == 404
    (before / "edition.txt").unlink()


def test_a_folder_that_is_no_site_is_not_put(tmp_path: Path) -> None:
    for command in (["publish.sh", "put", tmp_path, tmp_path / "home"], ["store.sh", tmp_path, tmp_path / "store"]):
        done = subprocess.run([DEPLOY / str(command[0]), *command[1:]], capture_output=True, check=False)
        assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("rclone") is None, reason="rclone is not installed")
def test_the_store_holds_what_the_site_holds_and_can_go_back(home: Path, tmp_path: Path) -> None:
    """A folder stands for the bucket: rclone does the same with both, but for headers."""
    site, other, store = tmp_path / "site", tmp_path / "before", tmp_path / "store"
    shutil.copytree(home / "current", site, ignore=shutil.ignore_patterns("*.gz", "*.br", ".*"))
    shutil.copytree(site, other)
    (other / "old").mkdir()
    (other / "old/index.html").write_text("old", encoding="utf-8")
    (other / "index.html").write_text("before", encoding="utf-8")
    own = {**os.environ, "RCLONE_CONFIG": "/dev/null"}

    def put(folder: Path, *more: str) -> None:
        subprocess.run([DEPLOY / "store.sh", folder, store, *more], check=True, capture_output=True, env=own)

    def held() -> dict[str, bytes]:
        return {path.relative_to(store).as_posix(): path.read_bytes() for path in store.rglob("*") if path.is_file()}

    def wanted(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    put(other)
    assert held() == wanted(other)
    put(site, "--dry-run")
    assert held() == wanted(other)
    put(site)
    assert held() == wanted(site)
    put(other)
    assert held() == wanted(other)


def test_a_mirror_below_a_path_with_its_filing_number(tmp_path: Path) -> None:
    """Links hold below a path (the build itself looks), the page for missing pages too, and the number is shown."""
    folder = prepare(tmp_path)
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "casebook: {}", "casebook: {contribute: {icp: 湘ICP备00000000号-1}}"
    )
    config.write_text(f"{text}\nsite_url: https://mirror.example/casebook/\n", encoding="utf-8")
    done = run(folder, "build", "--site-dir", folder / "site")
    assert done.returncode == 0, done.stderr
    missing = (folder / "site/404.html").read_text(encoding="utf-8")
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', missing)
    assert links
    assert all(link.startswith("/casebook/") for link in links)
    for page in ("index.html", "en/index.html", "cases/first-lift/index.html"):
        page_text = (folder / "site" / page).read_text(encoding="utf-8")
        assert "湘ICP备00000000号-1</a>" in page_text
        assert not re.search(r'(?:href|src|action)="/[^/]', page_text)
