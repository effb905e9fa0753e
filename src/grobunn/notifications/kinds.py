"""The kinds of message that features send: registered by them, chosen over by each person."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Delivery(models.TextChoices):
    """When a person wants the mails of a kind."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    OFF = "off", _("No mail")


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    Takes: name, `feature.past_tense`; label, the short name on the settings page; description, what brings it about,
           begun with "When" ("When somebody comments on an idea that you follow."); template, the start of the names of
           `<template>.subject.txt` and `<template>.txt`; is_mandatory, that the kind as a whole cannot be turned
           off, only moved to the daily mail or stopped for one thread; why, the sentence in the mail that says why it
           came (empty: the description); default, when nobody chose; stop_label, the button that stops mails of one
           thread (empty: "about this idea or case"); is_chosen, False for what only addresses without an account
           get: then it does not stand on the page of choices.
    """

    name: str
    label: Words
    description: Words
    template: str
    is_mandatory: bool = False
    why: Words = ""
    default: Delivery = Delivery.AT_ONCE
    stop_label: Words = ""
    is_chosen: bool = True

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """What a person may choose among."""
        return (Delivery.AT_ONCE, Delivery.DAILY) if self.is_mandatory else tuple(Delivery)


class UnknownKind(ImproperlyConfigured):
    """A kind that no feature registered."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; a name may be registered once."""
    if kind.name in _kinds:
        raise ImproperlyConfigured(f"The kind of message {kind.name} is registered twice.")
    _kinds[kind.name] = kind
    return kind


def registered() -> Mapping[str, Kind]:
    """Every kind by name."""
    return dict(sorted(_kinds.items()))


def chosen_among() -> list[Kind]:
    """The kinds that a person chooses over, by their labels."""
    return sorted((kind for kind in _kinds.values() if kind.is_chosen), key=lambda kind: str(kind.label))


def kind_named(name: str) -> Kind:
    """The kind of a name.

    Raises: UnknownKind.
    """
    try:
        return _kinds[name]
    except KeyError as error:
        raise UnknownKind(f"No feature has registered the kind of message {name}.") from error
