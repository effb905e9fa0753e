"""Addresses of panels; each family of pages keeps its own list."""

from django.urls import path

from grobunn.juries.views import (
    assessing,
    criteria,
    deciding,
    declaring,
    entries,
    listing,
    making,
    members,
    page,
    protocols,
    results,
    standing_in,
    steps,
)
from grobunn.juries.views.scoring.addresses import urlpatterns as scoring

app_name = "juries"

ONE = "<slug:municipality>/paneler/<slug:reference>"

urlpatterns = [
    path("<slug:municipality>/oppsett/kriterier/", criteria.list_sets, name="sets"),
    path("<slug:municipality>/oppsett/kriterier/<slug:key>/tilby/", criteria.offer_set, name="offer_set"),
    path("<slug:municipality>/paneler/", listing.list_panels, name="list"),
    path("<slug:municipality>/paneler/nytt/", making.make, name="make"),
    path(f"{ONE}/", page.show_panel, name="panel"),
    path(f"{ONE}/om/", making.change_facts, name="facts"),
    path(f"{ONE}/medlemmer/", members.show_members, name="members"),
    path(f"{ONE}/medlemmer/<uuid:member_id>/", members.change_member, name="member"),
    path(f"{ONE}/medlemmer/<uuid:member_id>/ut/", members.take_off, name="take_off"),
    path(f"{ONE}/kriterier/", criteria.show_criteria, name="criteria"),
    path(f"{ONE}/kriterier/bruk/", criteria.use_set, name="use_set"),
    path(f"{ONE}/bidrag/", entries.write_entry, name="write_entry"),
    path(f"{ONE}/bidrag/<uuid:entry_id>/", entries.show_entry, name="entry"),
    path(f"{ONE}/bidrag/<uuid:entry_id>/endre/", entries.change_entry, name="change_entry"),
    path(f"{ONE}/bidrag/<uuid:entry_id>/ut/", entries.take_out, name="take_out"),
    path(f"{ONE}/bidrag/<uuid:entry_id>/vara/", standing_in.choose, name="stand_in"),
    path(f"{ONE}/habilitet/", declaring.declare_all, name="declare"),
    path(f"{ONE}/habilitet/vurdering/", assessing.assess_all, name="assess"),
    path(f"{ONE}/steg/<slug:edge>/", steps.take_step, name="step"),
    path(f"{ONE}/resultat/", results.show_results, name="results"),
    path(f"{ONE}/resultat/<uuid:entry_id>/", results.show_entry_results, name="entry_results"),
    path(f"{ONE}/beslutning/", deciding.show_decisions, name="decisions"),
    path(f"{ONE}/beslutning/<uuid:entry_id>/", deciding.write_decision, name="decide"),
    path(f"{ONE}/tilbakemelding/<uuid:entry_id>/", deciding.write_feedback_page, name="feedback"),
    path(f"{ONE}/protokoll/", protocols.show_protocol, name="protocol"),
    path(f"{ONE}/protokoll/<int:edition>/", protocols.show_protocol, name="protocol_edition"),
    *scoring,
]
