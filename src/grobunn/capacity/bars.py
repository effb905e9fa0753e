"""A bar for how much is taken, and what it says in words: never by colour alone.

Written here rather than in a template: an overview has hundreds of them, and this takes a tenth of the time.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grobunn.capacity.queries.loads import Load
from grobunn.capacity.queries.rollup import Total
from grobunn.capacity.words import amount_words, measured

_NOT_TOLD = '<span class="load__none">{}</span>'
_BAR = (
    '<meter class="load__bar{over}" min="0" max="100" value="{percent}" aria-hidden="true"></meter>\n'
    '<span class="load__words">{left}<span class="load__of">{of}</span></span>'
)
_OVER = '<span class="load-mark load-mark--over" aria-hidden="true"></span> <strong>{}</strong>'


def load_bar(figures: Load | Total, kind: str) -> SafeString:
    """How much of something is taken. Takes: kind, of the sources that are added up."""
    if not figures.declared and not figures.reserved:
        return format_html(_NOT_TOLD, pgettext("capacity", "not told"))
    given = {"reserved": amount_words(figures.reserved), "declared": measured(figures.declared, kind)}
    return format_html(
        _BAR,
        over=" load__bar--over" if figures.is_over else "",
        percent=figures.shown_percent,
        left=_left(figures),
        of=_("%(reserved)s of %(declared)s") % given,
    )


def _left(figures: Load | Total) -> str:
    if figures.is_over:
        # Taken together there may be room, while one of them is over.
        said = _("%(amount)s over in some source") if figures.left >= 0 else _("%(amount)s over")
        return format_html(_OVER, said % {"amount": amount_words(figures.over)})
    if figures.left == 0:
        return pgettext("capacity", "full")
    return _("%(amount)s left") % {"amount": amount_words(figures.left)}
