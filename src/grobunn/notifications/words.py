"""What notices and mails say, in the language that is active."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, engines
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grobunn.notifications import stops
from grobunn.notifications.kinds import Kind, kind_named
from grobunn.notifications.models import Mail, Notice, Stop

# A mail program shows about 70 characters of a subject; the rest is for the title of a long idea.
SUBJECT_LENGTH = 200
DIGEST_LINES = 50


@dataclass(frozen=True)
class Words:
    """A mail's subject and plain text."""

    subject: str
    text: str


def title_of(notice: Notice) -> str:
    """A notice in one line: the row of the inbox, the subject of its mail."""
    return one_line(_rendered(f"{kind_named(notice.kind).template}.subject.txt", notice))


def text_of(notice: Notice) -> str:
    """What a notice says in full, with the address of its page; a notice that is not kept yet serves as well."""
    text = _rendered(f"{kind_named(notice.kind).template}.txt", notice).strip()
    url = absolute_url(notice.url)
    return text if url in text else f"{text}\n\n{url}"


def words_of(mail: Mail, notices: Sequence[Notice]) -> Words:
    """What a mail says of the notices that it carries: one, or a day's."""
    written = _digest(notices) if mail.digest_on else _single(notices[0])
    return Words(written.subject, f"{written.text}\n\n{_closing(mail, notices[0])}\n")


def stop_in_words(stop: Stop, *, last: Mapping[str, Notice]) -> str:
    """What a person has stopped. Takes: last, the last notice of each thread, by its key."""
    if stop.thread_key == stops.DIGEST_THREAD:
        return _("The daily mail")
    if stop.thread_key in last:
        return title_of(last[stop.thread_key])
    return _("Mails about one idea or case") if stop.thread_key else _("All mails")


def one_line(text: str) -> str:
    """Text on one line, without control characters, not too long: a line break in a subject would begin a header."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(printable.split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"


def absolute_url(path: str) -> str:
    """The whole address of a page."""
    return path if path.startswith(("https://", "http://")) else f"{settings.SITE_URL}{path}"


def stop_url(mail: Mail) -> str:
    """The address that stops more mails like this one."""
    token = stops.token_of(stops.subscription_of(mail))
    return absolute_url(reverse("notifications:stop", kwargs={"token": token}))


def _single(notice: Notice) -> Words:
    return Words(title_of(notice), text_of(notice))


def _digest(notices: Sequence[Notice]) -> Words:
    count = len(notices)
    subject = ngettext("%(count)s thing has happened", "%(count)s things have happened", count) % {"count": count}
    lines = [f"{title_of(notice)}\n{absolute_url(notice.url)}" for notice in notices[:DIGEST_LINES]]
    if count > DIGEST_LINES:
        rest = count - DIGEST_LINES
        more = ngettext("And %(count)s more:", "And %(count)s more:", rest) % {"count": rest}
        lines.append(f"{more}\n{absolute_url(reverse('notifications:inbox'))}")
    return Words(subject, "\n\n".join(lines))


def _closing(mail: Mail, notice: Notice) -> str:
    kind = kind_named(notice.kind)
    lines = [_why(mail, kind)]
    if mail.recipient_id:
        url = absolute_url(reverse("notifications:settings"))
        lines.append(_("Choose what you get by mail: %(url)s") % {"url": url})
    lines.append(_("Stop mails like this: %(url)s") % {"url": stop_url(mail)})
    return "\n".join(lines)


def _why(mail: Mail, kind: Kind) -> str:
    """Why the mail came; a description begins with "When …" and goes on a sentence."""
    if mail.digest_on is None and not kind.why:
        description = str(kind.description)
        return _("You get mails like this %(when)s") % {"when": f"{description[:1].lower()}{description[1:]}"}
    why = kind.why if mail.digest_on is None else _("You chose to get these once a day.")
    return _("Why you get this mail: %(why)s") % {"why": why}


def _rendered(template_name: str, notice: Notice) -> str:
    """A plain text template: nothing is escaped, for nothing is HTML here."""
    given: Mapping[str, Any] = {**notice.data, "url": absolute_url(notice.url)}
    template = engines["django"].engine.get_template(template_name)  # type: ignore[attr-defined]
    return str(template.render(Context(dict(given), autoescape=False)))
