"""A reader without JavaScript: opens a page, fills in the fields that the page itself offers, presses a button."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.test import Client


@dataclass
class Form:
    """One form of a page: where it goes, what stands in its fields, what its buttons say."""

    action: str
    method: str
    fields: dict[str, str | list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    visible: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.text: list[str] = []
        self._form: Form | None = None
        self._button: tuple[str, str] | None = None
        self._button_text: list[str] = []
        self._link: str | None = None
        self._link_text: list[str] = []
        self._area: str | None = None
        self._select: str | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "template"}:
            self._silent += 1
        elif tag == "form":
            self._form = Form(action=given.get("action", ""), method=given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._link, self._link_text = given["href"], []
        elif self._form is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name = given.get("name", "")
        if tag == "button":
            self._button, self._button_text = (name, given.get("value", "")), []
        if not name or tag not in {"input", "textarea", "select", "option"}:
            if tag == "option" and self._select and ("selected" in given or self._select not in self._form.fields):
                self._form.fields[self._select] = given.get("value", "")
            return
        self._form.names.add(name)
        kind = given.get("type", "text")
        if kind != "hidden":
            self._form.visible.add(name)
        if tag == "textarea":
            self._area, self._form.fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif kind in {"checkbox", "radio"}:
            if "checked" in given:
                self._form.fields[name] = given.get("value", "on")
        elif kind != "file":
            self._form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "template"}:
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "button" and self._button is not None and self._form is not None:
            self._form.buttons[" ".join("".join(self._button_text).split())] = self._button
            self._button = None
        elif tag == "a" and self._link is not None:
            self.links.setdefault(" ".join("".join(self._link_text).split()), self._link)
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None:
            self._form.fields[self._area] = f"{self._form.fields[self._area]}{data}".removeprefix("\n")
        if self._button is not None:
            self._button_text.append(data)
        if self._link is not None:
            self._link_text.append(data)
        if not self._silent:
            self.text.append(data)


class Reader:
    """Somebody at a page."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.address = "/"
        self.status = 0
        self.html = ""

    def open(self, address: str) -> "Reader":
        """Go to an address."""
        return self._at(self.client.get(urljoin(self.address, address), follow=True), address)

    def follow(self, words: str) -> "Reader":
        """Follow the link that says so."""
        return self.open(self._read.links[words])

    def press(self, button: str, **filled: Any) -> "Reader":
        """Fill in fields that the page has and press one of its buttons."""
        form = next(form for form in self._read.forms if button in form.buttons)
        assert set(filled) <= form.names, f"the form has no {set(filled) - form.names}"
        name, value = form.buttons[button]
        sent = {**form.fields, **filled, **({name: value} if name else {})}
        address = urljoin(self.address, form.action) if form.action else self.address
        send = self.client.post if form.method == "post" else self.client.get
        return self._at(send(address, sent, follow=True), address)

    def fields(self, button: str) -> set[str]:
        """Names of the fields that somebody sees in the form of a button."""
        return next(form for form in self._read.forms if button in form.buttons).visible

    @property
    def buttons(self) -> list[str]:
        """What the buttons of the page say."""
        return [button for form in self._read.forms for button in form.buttons]

    @property
    def links(self) -> dict[str, str]:
        """The links of the page by their words."""
        return self._read.links

    @property
    def text(self) -> str:
        """What the page says."""
        return " ".join("".join(self._read.text).split())

    @property
    def _read(self) -> _Reading:
        reading = _Reading()
        reading.feed(self.html)
        return reading

    def _at(self, response: Any, address: str) -> "Reader":
        redirects = getattr(response, "redirect_chain", [])
        self.address = urljoin(self.address, redirects[-1][0] if redirects else address)
        self.status = response.status_code
        self.html = b"".join(response).decode() if response.streaming else response.content.decode()
        return self
