"""Addresses of the set-up and of absences."""

from django.urls import include, path

from grobunn.organisations.views import absence, municipality, overview, people, posters, rosters, units

app_name = "organisations"

set_up = [
    path("", overview.set_up, name="set_up"),
    path("start/", overview.start, name="start"),
    path("kommunen/", municipality.profile, name="profile"),
    path("svarfrist/", municipality.promise, name="promise"),
    path("adresser/", municipality.addresses, name="addresses"),
    path("enheter/", units.units, name="units"),
    path("enheter/ny/", units.new_unit, name="new_unit"),
    path("enheter/<slug:unit>/", units.unit, name="unit"),
    path("enheter/<slug:unit>/steng/", units.close, name="close_unit"),
    path("enheter/<slug:unit>/apne/", units.reopen, name="reopen_unit"),
    path("enheter/<slug:unit>/plakat.svg", posters.svg, name="poster_svg"),
    path("enheter/<slug:unit>/plakat.pdf", posters.pdf, name="poster_pdf"),
    path("folk/", people.people, name="people"),
    path("folk/ny/", people.new_role, name="new_role"),
    path("folk/invitasjoner/<uuid:invitation>/trekk/", people.withdraw, name="withdraw"),
    path("folk/<uuid:person>/", people.person, name="person"),
    path("folk/<uuid:person>/fravaer/", absence.absence_of, name="absence_of"),
    path("folk/<uuid:person>/roller/<uuid:assignment>/slutt/", people.end, name="end_role"),
    path("folk/<uuid:person>/roller/<uuid:assignment>/fortsett/", people.go_on, name="go_on"),
    path("import/", rosters.upload, name="rosters"),
    path("import/<uuid:upload>/", rosters.preview, name="roster"),
    path("import/<uuid:upload>/gjennomfor/", rosters.apply, name="apply_roster"),
    path("import/mal/<slug:kind>.<slug:form>", rosters.template, name="roster_template"),
    path("eksport/<slug:kind>.<slug:form>", rosters.export, name="roster_export"),
]

urlpatterns = [
    path("<slug:municipality>/oppsett/", include(set_up)),
    path("<slug:municipality>/logo.png", municipality.logo, name="logo"),
    path("<slug:municipality>/fravaer/", absence.absence, name="absence"),
    path("<slug:municipality>/fravaer/<uuid:absence>/tilbake/", absence.back, name="back"),
]
