"""Addresses of programmes."""

from django.urls import path

from grobunn.programmes.views import calendars, programmes
from grobunn.programmes.views.alumni_addresses import urlpatterns as alumni
from grobunn.programmes.views.cohorts import gatherings, inviting, own, participants, parts, running
from grobunn.programmes.views.cohorts.attendance_addresses import urlpatterns as attendance
from grobunn.programmes.views.cohorts.diploma_addresses import urlpatterns as diplomas
from grobunn.programmes.views.cohorts.evaluation_addresses import urlpatterns as evaluations
from grobunn.programmes.views.cohorts.team_addresses import urlpatterns as teams

app_name = "programmes"

_ALL = "<slug:municipality>/programmer"
_ONE = f"{_ALL}/<slug:programme>"
_COHORT = f"{_ONE}/<slug:cohort>"
_GATHERING = f"{_COHORT}/samlinger/<slug:topic>"

urlpatterns = [
    *alumni,
    *attendance,
    *diplomas,
    *evaluations,
    *teams,
    path(f"{_ALL}/", programmes.list_programmes, name="list"),
    path(f"{_ALL}/ny/", programmes.make, name="make"),
    path(f"{_ALL}/svar/<str:key>/", own.answer_by_link, name="answer"),
    path(f"{_ALL}/kalender/<slug:key>.ics", calendars.feed, name="calendar"),
    path(f"{_ONE}/", programmes.show, name="programme"),
    path(f"{_ONE}/endre/", programmes.change, name="change"),
    path(f"{_ONE}/ny/", running.make, name="make_cohort"),
    path(f"{_COHORT}/", running.show, name="cohort"),
    path(f"{_COHORT}/endre/", running.change, name="change_cohort"),
    path(f"{_COHORT}/kopier/", running.copy, name="copy_cohort"),
    path(f"{_COHORT}/steg/<slug:edge>/", running.take_step, name="step"),
    path(f"{_COHORT}/min-plass/", own.show, name="own_place"),
    path(f"{_COHORT}/deltakere/", participants.list_participants, name="participants"),
    path(f"{_COHORT}/deltakere/gjor/", participants.act, name="participants_act"),
    path(f"{_COHORT}/deltakere/inviter/", inviting.show, name="invite"),
    path(f"{_COHORT}/deltakere/inviter/ledere/", inviting.leaders, name="invite_leaders"),
    path(f"{_COHORT}/deltakere/inviter/fullforte/", inviting.completed, name="invite_completed"),
    path(f"{_COHORT}/deltakere/inviter/fil/", inviting.upload, name="invite_file"),
    path(f"{_COHORT}/deltakere/inviter/fil/<uuid:file_id>/", inviting.preview, name="invite_preview"),
    path(f"{_COHORT}/samlinger/", gatherings.list_gatherings, name="gatherings"),
    path(f"{_COHORT}/ny-samling/", gatherings.make, name="make_gathering"),
    path(f"{_GATHERING}/", gatherings.show, name="gathering"),
    path(f"{_GATHERING}/endre/", gatherings.change, name="change_gathering"),
    path(f"{_GATHERING}/flytt/", gatherings.move, name="move_gathering"),
    path(f"{_GATHERING}/avlys/", gatherings.cancel, name="cancel_gathering"),
    path(f"{_GATHERING}/hold-likevel/", gatherings.put_back, name="put_back_gathering"),
    path(f"{_GATHERING}/<slug:family>/ny/", parts.add, name="add_part"),
    path(f"{_GATHERING}/<slug:family>/<uuid:part_id>/fjern/", parts.remove, name="remove_part"),
    path(f"{_GATHERING}/materiell/<uuid:part_id>/", parts.download, name="download"),
]
