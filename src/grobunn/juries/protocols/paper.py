"""A protocol on paper: a tagged PDF in the language of the reader."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grobunn.juries.models import Panel, Protocol
from grobunn.juries.protocols.said import decisions_of, facts_of, moment, parts_of, taps_of
from grobunn.ui import markdown, pdf

# Some 60 pages of taps; the rest is in the JSON, which has them all.
MOST_TAPS = 4000


def protocol_pdf(protocol: Protocol, panel: Panel, content: Mapping[str, Any]) -> bytes:
    """The PDF. Takes: content, the protocol's, or the excerpt that the reader may have."""
    return pdf.compile("juries/protocol", _data(protocol, panel, content))


def _data(protocol: Protocol, panel: Panel, content: Mapping[str, Any]) -> dict[str, Any]:
    taps = taps_of(panel, content)
    shown = asdict(taps) | {"rows": taps.rows[:MOST_TAPS]}
    return {
        "title": _("Protocol: %(panel)s") % {"panel": content["panel"]["name"]},
        "language": (get_language() or "nb")[:2],
        "lead": lead(content),
        "notes": notes(content),
        "facts": [{"label": label, "value": value} for label, value in facts_of(panel, content)],
        "parts": [asdict(part) for part in parts_of(panel, content)],
        "decisions_title": _("Decisions"),
        "decisions": [
            {"title": title, "outcome": outcome, "by": by, "reasons": markdown.blocks(reasons)}
            for title, outcome, by, reasons in decisions_of(panel, content)
        ],
        "taps": shown,
        "more": _("The rest is in the protocol as JSON.") if len(taps.rows) > MOST_TAPS else "",
        "digest": "" if content.get("is_excerpt") else protocol.digest,
        "digest_words": _("SHA-256 of the protocol as canonical JSON, which Grobunn gives out:"),
    }


def lead(content: Mapping[str, Any]) -> str:
    """Which edition, signed by whom and when."""
    return _("Edition %(edition)s, signed by %(name)s, %(moment)s.") % {
        "edition": content["edition"],
        "name": content["signed_by"],
        "moment": moment(content["signed_at"]),
    }


def notes(content: Mapping[str, Any]) -> list[str]:
    """What must be said before anything else."""
    said = []
    if content["panel"]["is_synthetic"]:
        said.append(_("Synthetic: made up for the demonstration"))
    if content.get("is_excerpt"):
        said.append(
            _(
                "An excerpt: what you take no part in is left out as if it had not been handed in. It opens when the "
                "panel is closed."
            )
        )
    return said
