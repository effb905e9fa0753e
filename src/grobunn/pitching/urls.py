"""Addresses of pitch days."""

from django.urls import path

from grobunn.pitching.views import days, deciding, minutes, order, proposals, questions, room, running

app_name = "pitching"

_DAYS = "<slug:municipality>/pitchdag"
_DAY = f"{_DAYS}/<slug:slug>"
_SLOT = f"{_DAY}/lag/<slug:team>"

urlpatterns = [
    path(f"{_DAYS}/", days.list_days, name="list"),
    path(f"{_DAYS}/ny/", days.new_day, name="new"),
    path(f"{_DAY}/", days.show_day, name="day"),
    path(f"{_DAY}/endre/", days.change_day, name="change"),
    path(f"{_DAY}/lagene/", days.take_in, name="take_in"),
    path(f"{_DAY}/rekkefolge/", order.put_in_order, name="order"),
    path(f"{_DAY}/kjor/", running.show_run, name="run"),
    path(f"{_DAY}/kjor/na/", running.show_run_now, name="run_now"),
    path(f"{_DAY}/steg/<slug:edge>/", running.step_the_day, name="step_day"),
    path(f"{_SLOT}/steg/<slug:edge>/", running.step_the_slot, name="step_slot"),
    path(f"{_DAY}/skjerm/", room.show_screen, name="screen"),
    path(f"{_DAY}/skjerm/na/", room.show_screen_now, name="screen_now"),
    path(f"{_DAY}/folg/<slug:watch_key>/", room.watch, name="watch"),
    path(f"{_DAY}/folg/<slug:watch_key>/na/", room.watch_now, name="watch_now"),
    path(f"{_DAY}/sporsmal/<uuid:question_id>/", questions.settle, name="question"),
    path(f"{_DAY}/vedtatt/", deciding.show_standing, name="standing"),
    path(f"{_DAY}/referat/", minutes.show_minutes, name="minutes"),
    path(f"{_SLOT}/avgjor/", deciding.decide, name="decide"),
    path(f"{_SLOT}/avgjor/angre/", deciding.take_back, name="take_back"),
    path(f"{_SLOT}/", proposals.write_proposal, name="proposal"),
]
