"""A small OpenID Connect provider on loopback: discovery, code flow, signed tokens; it holds its clients to the rules.

It refuses what a strict provider refuses: an unknown client or secret, another way back than was asked for, a code
used twice, a code without its PKCE verifier (RFC 7636).
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "grobunn"
CLIENT_SECRET = "hush"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
_PUBLIC_KEY = {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key())), "kid": "one", "use": "sig"}


@dataclass
class Provider:
    """The running provider: who is known there, which codes wait, what was given out."""

    address: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def register(self, sub: str, **claims: Any) -> None:
        """Make somebody known, with what the provider tells of them."""
        self.people[sub] = {"sub": sub, **claims}

    def sign_in(self, authorize_url: str, *, sub: str) -> str:
        """What the browser is sent back with when the person has signed in there and said yes."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(authorize_url).query).items()}
        assert asked["client_id"] == CLIENT_ID
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "sub": sub}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A token for a code, once, for the client that asked for the code and can prove it."""
        asked = self.codes.pop(sent.get("code", ""), None)
        if (sent.get("client_id"), sent.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or (sent.get("redirect_uri"), challenge) != (asked["redirect_uri"], asked["code_challenge"]):
            return 400, {"error": "invalid_grant"}
        token = secrets.token_urlsafe(16)
        self.tokens[token] = asked["sub"]
        now = int(time.time())
        claims = {**self.people[asked["sub"]], "iss": self.address, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        id_token = jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": id_token}

    def described(self) -> dict[str, Any]:
        """What a client reads first (OpenID Connect Discovery 1.0)."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider on a free port until the end of the block."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(provider))
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/.well-known/openid-configuration":
                self.answer(200, provider.described())
            elif self.path == "/keys":
                self.answer(200, {"keys": [_PUBLIC_KEY]})
            elif self.path == "/userinfo":
                sub = provider.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
                self.answer(200 if sub else 401, provider.people[sub] if sub else {"error": "invalid_token"})
            else:
                self.answer(404, {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(*provider.exchange({name: values[0] for name, values in parse_qs(body).items()}))

        def answer(self, status: int, told: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *args: Any) -> None:
            """Tests print nothing."""

    return Handler
