"""Addresses of writing."""

from django.urls import path

from grobunn.cases.views.writing import begin, comments, desk, files, name, part, people, preview, steps

_CASE = "<slug:municipality>/eksempler/<slug:slug>"
_DESK = f"{_CASE}/skriv"

urlpatterns = [
    path("<slug:municipality>/eksempler/ny/", begin.begin, name="begin"),
    path(f"{_CASE}/samtykke/", name.consent, name="consent"),
    path(f"{_CASE}/samtykke/trekk/", name.take_back, name="take_back_name"),
    path(f"{_DESK}/", desk.show_desk, name="write"),
    path(f"{_DESK}/forhandsvis/", preview.show_preview, name="preview"),
    path(f"{_DESK}/utgaver/", preview.show_versions, name="versions"),
    path(f"{_DESK}/utgaver/forkast/", preview.throw_changes_away, name="throw_changes_away"),
    path(f"{_DESK}/utgaver/<int:number>/", preview.show_version, name="version"),
    path(f"{_DESK}/folk/", people.show_people, name="people"),
    path(f"{_DESK}/folk/<uuid:user_id>/fjern/", people.remove_person, name="remove_person"),
    path(f"{_DESK}/folk/<uuid:user_id>/overta/", people.give_to, name="hand_over"),
    path(f"{_DESK}/navn/", name.ask_name, name="name"),
    path(f"{_DESK}/filer/", files.show_files, name="files"),
    path(f"{_DESK}/filer/bilde/", files.add_picture, name="add_picture"),
    path(f"{_DESK}/filer/dokument/", files.add_document, name="add_document"),
    path(f"{_DESK}/filer/<uuid:file_id>/endre/", files.change_file, name="change_file"),
    path(f"{_DESK}/bilder/<uuid:picture_id>/", files.draft_picture, name="draft_picture"),
    path(f"{_DESK}/dokumenter/<uuid:document_id>/", files.draft_document, name="draft_document"),
    path(f"{_DESK}/kommentarer/<uuid:comment_id>/", comments.settle, name="settle_comment"),
    path(f"{_DESK}/steg/<slug:edge>/", steps.take_step, name="step"),
    path(f"{_DESK}/<slug:part>/", part.write_part, name="write_part"),
    path(f"{_DESK}/<slug:part>/kommentar/", comments.comment, name="comment"),
]
