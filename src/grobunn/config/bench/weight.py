"""What the first visit to a page costs over the wire: the page and everything that it brings with it."""

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from grobunn.config.bench.client import Client, Visit, WrongAnswer

_TAG = re.compile(r"<(?:link|script|img)\b[^>]*>")
_ADDRESS = re.compile(r'\b(?:href|src)="([^"]+)"')
_IMPORT = re.compile(r"""(?:from|import)\s*["'](\.[^"']+)["']""")
# Links that a browser fetches at once; the others (a canonical address, say) it does not.
_FETCHED_RELATIONS = ('rel="stylesheet"', 'rel="preload"', 'rel="modulepreload"', 'rel="icon"', 'rel="manifest"')
_OK = 200


def first_visit(path: str, *, port: int) -> Mapping[str, int]:
    """Bytes by address, compressed as a browser asks for it: the page, its styles, scripts, font and icon.

    Fonts that a style sheet only names are left out: a browser fetches one when its letters are on the page.
    """
    found: dict[str, int] = {}
    with Client(port, address="10.0.0.2") as client:
        page = client.go(Visit(path))
        found[path] = len(page.body)
        waiting = [urljoin(path, address) for address in _brought_by(page.text)]
        while waiting:
            address = waiting.pop()
            if address in found or not address.startswith("/"):
                continue
            answer = client.go(Visit(address))
            if answer.status != _OK:
                raise WrongAnswer(f"{address} gave status {answer.status}.")
            found[address] = len(answer.body)
            if address.endswith(".js"):
                waiting += [urljoin(address, name) for name in _IMPORT.findall(answer.text)]
    return found


def _brought_by(html: str) -> list[str]:
    addresses = []
    for tag in _TAG.findall(html):
        address = _ADDRESS.search(tag)
        is_fetched = not tag.startswith("<link") or any(relation in tag for relation in _FETCHED_RELATIONS)
        if address is not None and is_fetched and 'loading="lazy"' not in tag:
            addresses.append(address.group(1))
    return addresses
