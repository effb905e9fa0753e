"""Addresses of everyday work."""

from django.urls import URLPattern, path

from grobunn.initiatives.views.work import acts, helpers, life, pages, reporting

_ONE = "<slug:municipality>/initiativ/<slug:reference>"
_SLUGS = {"milestones": "milepaler", "tasks": "oppgaver", "risks": "risikoer", "files": "filer", "log": "logg"}


def _of_family(family: str, slug: str) -> list[URLPattern]:
    said, part = {"family": family}, f"{_ONE}/{slug}/<uuid:part_id>"
    return [
        path(f"{_ONE}/{slug}/", pages.show_family, said, name=family),
        path(f"{part}/endre/", pages.change_part, said, name=f"change_{family}"),
        path(f"{part}/fjern/", pages.remove_part, said, name=f"remove_{family}"),
        path(f"{part}/tilbake/", pages.put_back_part, said, name=f"put_back_{family}"),
    ]


urlpatterns = [
    *(pattern for family, slug in _SLUGS.items() for pattern in _of_family(family, slug)),
    path(f"{_ONE}/oppgaver/<uuid:part_id>/gjort/", acts.mark_task, name="mark_task"),
    path(f"{_ONE}/milepaler/<uuid:part_id>/nadd/", acts.mark_milestone, name="mark_milestone"),
    path(f"{_ONE}/milepaler/<uuid:part_id>/flytt/", acts.move_milestone, name="move_milestone"),
    path(f"{_ONE}/risikoer/<uuid:part_id>/lukk/", acts.mark_risk, name="mark_risk"),
    path(f"{_ONE}/filer/<uuid:part_id>/", acts.download, name="file"),
    path(f"{_ONE}/historie/", life.show_life, name="life"),
    path(f"{_ONE}/hjelpere/", helpers.show_helpers, name="helpers"),
    path(f"{_ONE}/hjelpere/<uuid:helper_id>/slutt/", helpers.end_help, name="end_help"),
    path(f"{_ONE}/rapport/", reporting.report, name="report"),
    path(f"{_ONE}/rapport/hvor-ofte/", reporting.change_rhythm, name="report_rhythm"),
    path(f"{_ONE}/rapporter/", reporting.show_reports, name="reports"),
]
