"""Mails of our own about accounts, as plain text in their reader's language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation


def send(to: str, template: str, *, language: str = "", **context: Any) -> None:
    """Send one mail, made of `<template>.subject.txt` and `<template>.txt`.

    Takes:   language, "" for the installation's own.
    Effects: mail, in the caller's transaction where mails wait in an outbox.
    """
    told = {**context, "site_url": settings.SITE_URL}
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = render_to_string(f"{template}.subject.txt", told).strip()
        body = render_to_string(f"{template}.txt", told).strip()
    EmailMessage(subject, body, to=[to]).send()
