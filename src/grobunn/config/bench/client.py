"""A visitor: one connection that stays open, cookies, and answers taken compressed as a browser does."""

import gzip
import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import TracebackType
from urllib.parse import urlencode

import brotli

TIMEOUT_SECONDS = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class WrongAnswer(RuntimeError):  # noqa: N818 -- named for what happened
    """The server answered something else than the benchmark is about."""


@dataclass(frozen=True)
class Visit:
    """One request; with fields it is a form that is sent."""

    path: str
    fields: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "GET" if self.fields is None else "POST"


@dataclass(frozen=True)
class Answer:
    """What came back: body as it went over the wire, and how long all of it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body as a browser reads it."""
        encoding = self.headers.get("content-encoding", "")
        unpacked = {"gzip": gzip.decompress, "br": brotli.decompress}.get(encoding, bytes)(self.body)
        return unpacked.decode()


class Client:
    """One visitor, to be used by one thread and closed in the end."""

    def __init__(self, port: int, *, address: str, cookies: Mapping[str, str] | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        self._address = address
        self.cookies = dict(cookies or {})

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def go(self, visit: Visit) -> Answer:
        """Make one request."""
        body = None if visit.fields is None else urlencode(visit.fields)
        headers = {
            "Host": "localhost",
            "Accept-Encoding": "gzip, br",
            "Accept-Language": "nb",
            "X-Forwarded-For": self._address,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **({} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}),
            **visit.headers,
        }
        began = time.perf_counter()
        self._connection.request(visit.method, visit.path, body=body, headers=headers)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, content, seconds)

    def form_token(self, path: str) -> str:
        """The token that a page's form carries. Raises: WrongAnswer."""
        answer = self.go(Visit(path))
        found = _TOKEN.search(answer.text)
        if answer.status != http.HTTPStatus.OK or found is None:
            raise WrongAnswer(f"{path} gave status {answer.status} and no form.")
        return found.group(1)

    def sign_in(self, *, login_path: str, email: str, password: str) -> None:
        """Sign in on the page that people use. Raises: WrongAnswer."""
        token = self.form_token(login_path)
        answer = self.go(Visit(login_path, fields={"csrfmiddlewaretoken": token, "login": email, "password": password}))
        if answer.status != http.HTTPStatus.FOUND or "sessionid" not in self.cookies:
            raise WrongAnswer(f"{email} could not sign in: status {answer.status}.")
