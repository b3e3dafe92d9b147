"""The recipes for publishing, with the real server, on this machine alone."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import EXAMPLES, ROOT, casebook

DEPLOY = ROOT / "deploy"
THEME = ROOT / "scripts/casebook/site/theme/main.html"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
REQUESTS = 2000

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


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


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    """A server with our configuration; only the folder, the port and what needs rights are changed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    work = home.parent / "nginx"
    work.mkdir()
    shutil.copy(DEPLOY / "headers.conf", work)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{number}").replace("/srv/casebook", str(home))
    temporary = "".join(
        f"{name}_temp_path {work}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = f"daemon off; pid {work}/pid; error_log {work}/error.log; events {{}}\n"
    # Tests may run as root, and the server's own user cannot read their folders.
    own += "user root;\n" if Path("/proc/self").stat().st_uid == 0 else ""
    (work / "nginx.conf").write_text(f"{own}http {{ access_log off; {temporary}{text} }}\n", encoding="utf-8")
    assert NGINX
    server = subprocess.Popen([NGINX, "-p", work, "-c", work / "nginx.conf"], stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", number)) == 0:
                    break
            assert server.poll() is None, server.stderr and server.stderr.read()
            time.sleep(0.05)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=10)


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
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
    assert headers["Content-Security-Policy"] == written[1]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Server"] == "nginx"
    assert headers["Cache-Control"] == "no-cache"


def test_other_sites_may_show_what_is_made_for_them_and_nothing_else(port: int, home: Path) -> None:
    def policies(path: str) -> list[str]:
        return get(port, path)[0].headers.get_all("Content-Security-Policy")

    case = next((home / "current/embed/cases").iterdir()).name
    for path in ("/", f"/cases/{case}/", "/en/compare/", "/workshop/project/"):
        assert policies(path)[1:] == ["frame-ancestors 'self'"], path
    for path in (f"/embed/cases/{case}/", "/en/embed/compare/"):
        assert len(policies(path)) == 1, path
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert re.search(r"@unframed not path \*/embed/\*\n\theader @unframed \+Content-Security-Policy", caddy)


def test_the_other_server_says_the_same() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    for name, value in re.findall(r'add_header (\S+) "([^"]+)"', (DEPLOY / "headers.conf").read_text(encoding="utf-8")):
        assert re.search(rf'{name} "?{re.escape(value)}"?\n', caddy), name


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


def test_what_was_packed_beforehand_is_sent(port: int, home: Path) -> None:
    response, body = get(port, "/cases/", Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert body == (home / "current/cases/index.html.gz").read_bytes()
    assert gzip.decompress(body) == get(port, "/cases/")[1]
    assert "Accept-Encoding" in response.headers["Vary"]


def test_a_missing_page_is_ours_and_nothing_hidden_is_shown(port: int, home: Path) -> None:
    response, body = get(port, "/no/such/page/")
    assert (response.status, body) == (404, (home / "current/404.html").read_bytes())
    (home / "current/.secret").write_text("x", encoding="utf-8")
    assert get(port, "/.secret")[0].status == 404
    assert get(port, "/", "POST")[0].status in (403, 405)
    response, _ = get(port, "/cases")
    assert (response.status, response.headers["Location"]) == (301, "/cases/")


def test_kinds_of_files_are_named(port: int) -> None:
    assert get(port, "/data/answers.csv")[0].headers["Content-Type"] == "text/csv; charset=utf-8"
    assert get(port, "/data/datapackage.json")[0].headers["Content-Type"] == "application/json; charset=utf-8"
    assert get(port, "/feed.xml")[0].headers["Content-Type"].startswith("application/xml")


def test_many_requests_without_an_error(port: int, home: Path) -> None:
    site = home / "current"
    paths = [f"/{path.relative_to(site).as_posix()}".removesuffix("index.html") for path in site.rglob("*.html")]
    paths += [asset(home, ".css"), asset(home, ".js"), "/data/datapackage.json"]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for number in range(REQUESTS):
        connection.request("GET", paths[number % len(paths)], headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        assert response.read() and response.status == 200, paths[number % len(paths)]
        if response.will_close:
            connection.close()
    connection.close()


def test_back_is_one_command(home: Path) -> None:
    now, before = (home / "current").resolve(), (home / "previous").resolve()
    assert now != before
    publish("back", home)
    assert ((home / "current").resolve(), (home / "previous").resolve()) == (before, now)
    publish("back", home)
