"""Whether the addresses of sources still open: asked politely, and written down."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import threading
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlsplit

from casebook.model import Collection

#: Name of the record, beside the folder of the cases.
NAME = "links.json"

#: What is known of an address: it opens, its server says that there is nothing, or nobody can tell.
OK, GONE, UNKNOWN = "ok", "gone", "unknown"

#: Answers of a server that mean that a page is no more. All others may pass.
_NO_MORE = (404, 410)
#: Hosts that are asked at the same time, one question each.
_HOSTS = 8
#: Seconds that a host may ask for between two questions; one that wants more is not asked twice.
_PATIENCE = 60
_NETWORK = (urllib.error.URLError, http.client.HTTPException, OSError, ValueError)


@dataclass(frozen=True)
class Found:
    """What was found of an address.

    Attributes:
        checked: the day.
        status: one of :data:`OK`, :data:`GONE`, :data:`UNKNOWN`.
        code: what the server answered, nothing where there was no answer or the question is unwelcome.
        seen: the last day on which it opened.
        moved: where it leads today, where that is another address.
    """

    checked: str
    status: str
    code: int | None = None
    seen: str | None = None
    moved: str | None = None


def cited(collection: Collection) -> list[str]:
    """Return the addresses that sources name, those of archived copies too, each once."""
    found = {
        urldefrag(address)[0]
        for case in (*collection.cases, *collection.withdrawn)
        for source in case.sources
        for role in ("address", "archive")
        if isinstance(address := source.role(role), str)
    }
    return sorted(found)


def read(text: str) -> dict[str, Found]:
    """Read a record.

    Raises:
        ValueError: it is none.
    """
    try:
        return {address: Found(**facts) for address, facts in json.loads(text).items()}
    except (TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None


def written(record: Mapping[str, Found]) -> str:
    """Return a record's text, in the order of the addresses."""
    facts = {
        address: {name: value for name, value in vars(found).items() if value is not None}
        for address, found in sorted(record.items())
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def gone(record: Mapping[str, Found]) -> dict[str, str]:
    """Return the addresses that open no more, and the day that was found."""
    return {address: found.checked for address, found in record.items() if found.status == GONE}


@dataclass
class Visitor:
    """Asks for addresses: one at a time of each host, with a pause, and not where robots are unwelcome.

    Attributes:
        agent: how it introduces itself.
        today: the day that is written down.
        pause: seconds between two questions to the same host.
        timeout: seconds to wait for an answer.
        public_only: whether addresses of this machine and its neighbours are left alone. Cases come from strangers.
        wait: waits so many seconds.
    """

    agent: str
    today: str
    pause: float = 3
    timeout: float = 15
    public_only: bool = True
    wait: Callable[[float], None] = time.sleep
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def visit(self, addresses: Iterable[str], known: Mapping[str, Found], say: Callable[[str, Found], None]) -> None:
        """Ask for each address and hand over what was found, as it is found.

        Args:
            addresses: those to ask for.
            known: what was found before.
            say: called with an address and what was found of it, by one thread at a time.
        """
        hosts: dict[str, list[str]] = defaultdict(list)
        for address in addresses:
            hosts[urlsplit(address).netloc].append(address)

        def ask(own: list[str]) -> None:
            for address, found in self._host(own, known):
                with self._lock:
                    say(address, found)

        with ThreadPoolExecutor(_HOSTS) as pool:
            list(pool.map(ask, hosts.values()))

    def _host(self, addresses: list[str], known: Mapping[str, Found]) -> Iterator[tuple[str, Found]]:
        rules = self._rules(addresses[0])
        delay = max(self.pause, float(rules.crawl_delay(self.agent) or 0)) if rules else self.pause
        for number, address in enumerate(addresses):
            before = known.get(address)
            seen = before.seen if before else None
            if rules is None or not rules.can_fetch(self.agent, address) or (number and delay > _PATIENCE):
                yield address, Found(self.today, UNKNOWN, seen=seen)
                continue
            self.wait(delay)
            status, code, moved = self._ask(address)
            yield address, Found(self.today, status, code, self.today if status == OK else seen, moved)

    def _rules(self, address: str) -> urllib.robotparser.RobotFileParser | None:
        """Return what a host allows robots; nothing where it cannot be asked, which allows nothing."""
        rules = urllib.robotparser.RobotFileParser()
        parts = urlsplit(address)
        try:
            with self._open(f"{parts.scheme}://{parts.netloc}/robots.txt", "GET") as answer:
                rules.parse(answer.read(500_000).decode("utf-8", "replace").splitlines())
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                return None
            rules.parse([])
        except _NETWORK:
            return None
        return rules

    def _ask(self, address: str) -> tuple[str, int | None, str | None]:
        """Return what is known of an address, what its server answered, and where it leads."""
        code = None
        for method in ("HEAD", "GET"):  # some servers answer only one of the two, or say so only to it
            if method == "GET":
                self.wait(self.pause)
            try:
                with self._open(address, method) as answer:
                    there = urldefrag(answer.geturl())[0]
                    return OK, answer.status, there if there != address else None
            except urllib.error.HTTPError as error:
                code = error.code
            except _NETWORK:
                code = None
        return (GONE if code in _NO_MORE else UNKNOWN), code, None

    def _open(self, address: str, method: str) -> http.client.HTTPResponse:
        self._admit(address)
        request = urllib.request.Request(address, method=method, headers={"User-Agent": self.agent})  # noqa: S310
        opener = urllib.request.build_opener(_Redirects(self._admit))
        answer: http.client.HTTPResponse = opener.open(request, timeout=self.timeout)
        return answer

    def _admit(self, address: str) -> None:
        """Refuse what is no web address, or is one of this machine and its neighbours."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(address)
        if self.public_only:
            for found in socket.getaddrinfo(parts.hostname, None):
                if not ipaddress.ip_address(str(found[4][0]).partition("%")[0]).is_global:
                    raise ValueError(address)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to where an address leads, but not everywhere."""

    def __init__(self, admit: Callable[[str], None]) -> None:
        self.admit = admit

    def redirect_request(self, *given: Any) -> urllib.request.Request | None:
        self.admit(given[-1])
        return super().redirect_request(*given)
