"""Routing rules as people say them."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grobunn.ideas.models import IdeaKind, RoutingRule
from grobunn.organisations.models import Role, Unit

# By what a rule looks at: whether the unit, the kind, the words.
_SENTENCES: dict[tuple[bool, bool, bool], Promise] = {
    (False, False, False): gettext_lazy("Every idea goes to {receiver}."),
    (True, False, False): gettext_lazy("If the idea comes from {unit}, it goes to {receiver}."),
    (False, True, False): gettext_lazy("If the idea is of the kind {kind}, it goes to {receiver}."),
    (False, False, True): gettext_lazy("If the idea mentions {words}, it goes to {receiver}."),
    (True, True, False): gettext_lazy(
        "If the idea comes from {unit} and is of the kind {kind}, it goes to {receiver}."
    ),
    (True, False, True): gettext_lazy("If the idea comes from {unit} and mentions {words}, it goes to {receiver}."),
    (False, True, True): gettext_lazy("If the idea is of the kind {kind} and mentions {words}, it goes to {receiver}."),
    (True, True, True): gettext_lazy(
        "If the idea comes from {unit}, is of the kind {kind} and mentions {words}, it goes to {receiver}."
    ),
}

# The roles that may be given ideas, as they stand inside a sentence.
_ROLES: dict[str, Promise] = {
    Role.DEPT_LEADER: gettext_lazy("the department manager"),
    Role.UNIT_LEADER: gettext_lazy("the unit manager"),
    Role.SECTOR_HEAD: gettext_lazy("the head of sector"),
    Role.DIRECTOR: gettext_lazy("the director"),
    Role.CHIEF_EXEC: gettext_lazy("the chief municipal executive"),
    Role.INNOVATION_ADVISER: gettext_lazy("the innovation adviser"),
    Role.RND_CONTACT: gettext_lazy("the R&D contact"),
}
# There is one of each in a municipality: the unit says nothing more.
_ONLY_ONE = (Role.CHIEF_EXEC, Role.INNOVATION_ADVISER)


def sentence_of(rule: RoutingRule) -> SafeString:
    """A rule in one sentence, what it looks for and who gets it marked."""
    sentence = _SENTENCES[rule.unit_id is not None, bool(rule.kind), bool(rule.words)]
    return format_html(
        str(sentence),
        unit=_marked(rule.unit.name if rule.unit else ""),
        kind=_marked(quoted(str(IdeaKind(rule.kind).label)) if rule.kind else ""),
        words=any_of(rule.words),
        receiver=_marked(receiver_phrase(rule.receiver_role, rule.receiver_unit)),
    )


def receiver_phrase(role: str, unit: Unit | None) -> str:
    """Who gets an idea, inside a sentence; without a unit, whoever has the role where the idea comes from."""
    phrase = str(_ROLES.get(role, Role(role).label))
    if role in _ONLY_ONE:
        return phrase
    if unit is None:
        return _("%(role)s where the idea comes from") % {"role": phrase}
    return _("%(role)s of %(unit)s") % {"role": phrase, "unit": unit.name}


def any_of(words: Sequence[str]) -> SafeString:
    """Words in quotation marks, with an "or" before the last."""
    shown = [_marked(quoted(word)) for word in words]
    if len(shown) < 2:
        return SafeString("".join(shown))
    return format_html(_("{words} or {last}"), words=SafeString(", ".join(shown[:-1])), last=shown[-1])


def quoted(text: str) -> str:
    """Something in the quotation marks of the reader's language."""
    return _("“%(text)s”") % {"text": text}


def _marked(text: str) -> SafeString:
    return format_html("<strong>{}</strong>", text) if text else conditional_escape("")
