"""Addresses of attendance and completion, under a cohort's; and where the code on the wall leads, short."""

from django.urls import path

from grobunn.programmes.views import here
from grobunn.programmes.views.cohorts import attendance, attendance_sending, completion, make_ups, wall

_COHORT = "<slug:municipality>/programmer/<slug:programme>/<slug:cohort>"

urlpatterns = [
    path("<slug:municipality>/her/", here.write_code, name="write_code"),
    path("<slug:municipality>/her/<slug:code>/", here.show, name="here"),
    path("<slug:municipality>/programmer/svar/<str:key>/her/", here.by_link, name="here_by_link"),
    path(
        "<slug:municipality>/programmer/svar/<str:key>/<slug:topic>/erstatning/",
        make_ups.hand_in_by_link,
        name="make_up_by_link",
    ),
    path(f"{_COHORT}/oppmote/", attendance.show, name="attendance"),
    path(f"{_COHORT}/oppmote/send/", attendance_sending.send, name="send_marks"),
    path(f"{_COHORT}/oppmote/kode/<uuid:day_id>/", wall.show, name="wall"),
    path(f"{_COHORT}/oppmote/kode/<uuid:day_id>/ny/", wall.renew, name="renew_code"),
    path(f"{_COHORT}/gjennomforing/", completion.show, name="completion"),
    path(f"{_COHORT}/gjennomforing/<uuid:make_up_id>/godta/", make_ups.accept, name="accept_make_up"),
    path(f"{_COHORT}/samlinger/<slug:topic>/erstatning/", make_ups.hand_in, name="make_up"),
]
