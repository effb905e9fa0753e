"""Refusals of what somebody asked for, said where they can be mended."""

from django.forms import Form

from grobunn.kernel.statemachine import TransitionRefused


def say_in(form: Form, refusal: TransitionRefused) -> None:
    """Say in a form why what it asks for is refused: at the field that it is about, else above them all."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
