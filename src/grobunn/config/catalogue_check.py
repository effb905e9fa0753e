"""Whether every text that users see has its bokmål and nynorsk: what code and templates say against the catalogues."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import django
import polib
from django.utils.translation.template import templatize

from grobunn.config import translations

LANGUAGES = ("nb", "nn")
# The functions that take a text to translate, and which of their arguments are: context, singular, plural.
_CALLS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_ALIASES = {"_": "gettext", "gettext_noop": "gettext", "ugettext": "gettext"}
_CALL_IN_TEMPLATE = re.compile(r"\b(?:n?p?gettext|(?<![\w.])_)\(")
_PLACEHOLDERS = re.compile(r"%\((\w+)\)[sdif]|\{(\w+)\}")
_POSITIONAL = re.compile(r"%[sd]")
# A catalogue may translate what a library lacks; such an entry says so: `#. library: allauth`.
_OF_LIBRARY = "library:"


@dataclass(frozen=True)
class Text:
    """A text to translate, as code or a template has it."""

    message: str
    context: str | None = None
    plural: str | None = None


@dataclass(frozen=True)
class Use:
    """Where a text stands."""

    text: Text
    path: Path
    line: int


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, and where."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(translations.ROOT.parent)}:{self.line}: {self.message}"


def findings() -> list[Finding]:
    """All that is wrong with the translations, sorted by place."""
    uses = list(texts_in_use())
    found = [finding for use in uses for finding in _faults_of_source(use)]
    for language in LANGUAGES:
        found += _missing(uses, language)
    in_use = {use.text for use in uses}
    for path in translations.catalogues():
        found += _faults_of_catalogue(path, in_use)
    found += _contradictions()
    return sorted(found, key=lambda finding: (str(finding.path), finding.line, finding.message))


def texts_in_use() -> Iterator[Use]:
    """Every text to translate in the code and the templates of every feature."""
    for path in sorted(translations.ROOT.rglob("*")):
        parts = path.relative_to(translations.ROOT).parts
        if {"tests", "migrations", "node_modules", "vendor", "dist"}.isdisjoint(parts):
            if path.suffix == ".py":
                yield from _texts_of_code(path)
            elif "templates" in parts and path.suffix in {".html", ".txt", ".svg", ".xml"}:
                yield from _texts_of_template(path)


def _texts_of_code(path: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        text = _text_of_call(node)
        if text is not None:
            yield Use(text, path, node.lineno)  # type: ignore[attr-defined]


def _texts_of_template(path: Path) -> Iterator[Use]:
    """Django rewrites a template into something like code, in which the calls are looked for."""
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for found in _CALL_IN_TEMPLATE.finditer(code):
        line = code.count("\n", 0, found.start()) + 1
        text = _text_of_call(_call_at(code, found.start()))
        if text is not None:
            yield Use(text, path, line)


def _call_at(code: str, start: int) -> ast.expr | None:
    """The call that begins at a place: up to the first closing bracket that makes it whole."""
    end = start
    while (end := code.find(")", end) + 1) > 0:
        try:
            return ast.parse(code[start:end].strip(), mode="eval").body
        except SyntaxError:
            continue
    return None


def _text_of_call(node: ast.AST | None) -> Text | None:
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    name = _ALIASES.get(name, name.removesuffix("_lazy"))
    if name not in _CALLS:
        return None
    context, singular, plural = (
        _constant(node, position) if position is not None else None for position in _CALLS[name]
    )
    return Text(singular, context, plural) if singular else None


def _constant(node: ast.Call, position: int) -> str | None:
    if position >= len(node.args):
        return None
    argument = node.args[position]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _faults_of_source(use: Use) -> Iterator[Finding]:
    if len(_POSITIONAL.findall(use.text.message)) > 1:
        yield Finding(
            use.path, use.line, f"name the placeholders of {use.text.message!r}: languages order words differently"
        )


def _missing(uses: list[Use], language: str) -> Iterator[Finding]:
    translated = _translated(language)
    reported: set[Text] = set()
    for use in uses:
        if use.text not in translated and use.text not in reported:
            reported.add(use.text)
            yield Finding(use.path, use.line, f"no {language} for {use.text.message!r}")


@lru_cache(maxsize=4)
def _translated(language: str) -> frozenset[Text]:
    """What our catalogues, and Django's own, translate into a language."""
    of_django = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.po"
    entries = [
        entry
        for path in [*translations.catalogues(), of_django]
        if _language_of(path) == language
        for entry in polib.pofile(str(path))
        if entry.translated()
    ]
    return frozenset(_text_of_entry(entry) for entry in entries)


def _text_of_entry(entry: polib.POEntry) -> Text:
    return Text(entry.msgid, entry.msgctxt, entry.msgid_plural or None)


def _language_of(path: Path) -> str:
    return path.parts[-3]


def _faults_of_catalogue(path: Path, in_use: set[Text]) -> Iterator[Finding]:
    if _language_of(path) not in LANGUAGES:
        return
    seen: set[Text] = set()
    for entry in polib.pofile(str(path)):
        text = _text_of_entry(entry)
        for message in _faults_of_entry(entry, is_used=text in in_use, is_twice=text in seen):
            yield Finding(path, entry.linenum, f"{message}: {entry.msgid!r}")
        seen.add(text)


def _faults_of_entry(entry: polib.POEntry, *, is_used: bool, is_twice: bool) -> Iterator[str]:
    if entry.obsolete or not (is_used or _OF_LIBRARY in entry.comment):
        yield "nothing uses this text any more; remove it"
        return
    if is_twice:
        yield "translated twice in one catalogue"
    if entry.fuzzy:
        yield "marked as uncertain (fuzzy)"
    if not entry.translated():
        yield "not translated"
        return
    for source, translation in _pairs(entry):
        if _names(source) != _names(translation):
            yield f"placeholders differ from {sorted(_names(source))}"
        if source[:1].isspace() != translation[:1].isspace() or source[-1:].isspace() != translation[-1:].isspace():
            yield "begins or ends with other white space"


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Source and translation of each form. The form for one may leave the number out, as in "ein idé"."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
        return
    one, *more = (entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural))
    if _names(one):
        yield (entry.msgid if _names(one) == _names(entry.msgid) else entry.msgid_plural), one
    for translation in more:
        yield entry.msgid_plural, translation


def _names(text: str) -> set[str]:
    return {first or second for first, second in _PLACEHOLDERS.findall(text)}


def _contradictions() -> Iterator[Finding]:
    """Texts that two features translate differently: a page would show whichever Django meets first."""
    for language in LANGUAGES:
        known: dict[Text, tuple[Path, tuple[str, ...]]] = {}
        for path in translations.catalogues():
            if _language_of(path) != language:
                continue
            for entry in polib.pofile(str(path)):
                forms = (entry.msgstr, *(entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)))
                first_path, first_forms = known.setdefault(_text_of_entry(entry), (path, forms))
                if first_forms != forms:
                    other = first_path.relative_to(translations.ROOT).parts[0]
                    yield Finding(
                        path, entry.linenum, f"{other} translates {entry.msgid!r} differently; give it a context"
                    )
