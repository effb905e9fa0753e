"""Words of methods in templates."""

from django import template

from grobunn.methods.forms.editor import GENERAL_NEEDS
from grobunn.methods.shapes import Gate, Method

register = template.Library()


@register.simple_tag
def needs_of(gate: Gate, method: Method) -> str:
    """What a gate asks for, in words, as it stands inside a sentence."""
    general = {key: str(label) for key, label in GENERAL_NEEDS}
    named = []
    for key in gate.needs:
        hand_in = method.hand_in(key)
        label = hand_in.name if hand_in else general.get(key, key)
        named.append(label[:1].lower() + label[1:])
    return ", ".join(named)
