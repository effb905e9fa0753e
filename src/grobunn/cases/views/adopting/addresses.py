"""Addresses of adoptions, questions and study visits."""

from django.urls import path

from grobunn.cases.views.adopting import asked, asking, begin, following, lineage, listing, own_case, page, steps

_ADOPTIONS = "<slug:municipality>/eksempler/tatt-i-bruk"
_ASKED = "<slug:municipality>/eksempler/henvendelser"

urlpatterns = [
    path("eksempler/folger/", following.show_following, name="following"),
    path("eksempler/folger/<uuid:followed_id>/slutt/", following.stop_following, name="stop_following"),
    path("eksempler/<slug:slug>/spredning/", lineage.show_lineage, name="lineage"),
    path(f"{_ADOPTIONS}/", listing.list_adoptions, name="adoptions"),
    path(f"{_ADOPTIONS}/begynn/<slug:slug>/", begin.begin, name="begin_adoption"),
    path(f"{_ADOPTIONS}/<uuid:adoption_id>/", page.show_adoption, name="adoption"),
    path(f"{_ADOPTIONS}/<uuid:adoption_id>/plan/", page.keep_plan, name="adoption_plan"),
    path(f"{_ADOPTIONS}/<uuid:adoption_id>/steg/<slug:edge>/", steps.take_step, name="adoption_step"),
    path(f"{_ADOPTIONS}/<uuid:adoption_id>/fortell/", own_case.tell, name="tell_own_case"),
    path("<slug:municipality>/eksempler/spor/<slug:slug>/", asking.ask, name="ask"),
    path("<slug:municipality>/eksempler/besok/<slug:slug>/", asking.ask_for_a_visit, name="ask_visit"),
    path(f"{_ASKED}/", asked.show_asked, name="asked"),
    path(f"{_ASKED}/sporsmal/<uuid:question_id>/", asked.answer, name="answer"),
    path(f"{_ASKED}/besok/<uuid:visit_id>/<slug:edge>/", asked.move, name="visit_step"),
]
