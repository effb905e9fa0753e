"""Addresses of one published case."""

from django.urls import path

from grobunn.cases.views.reading import alike, elsewhere, files, page, verdicts

urlpatterns = [
    path("eksempler/<slug:slug>/", page.show_case, name="case"),
    path("eksempler/<slug:slug>/utgaver/<int:number>/", page.show_edition, name="edition"),
    path("eksempler/<slug:slug>/bilde.png", elsewhere.show_share_picture, name="share_picture"),
    path("eksempler/<slug:slug>/eksempel.pdf", elsewhere.show_pdf, name="pdf"),
    path("eksempler/<slug:slug>/lignende/", alike.show_alike, name="alike"),
    path("eksempler/<slug:slug>/nyttig/", verdicts.give, name="verdict"),
    path("eksempler/<slug:slug>/nyttig/hvorfor/", verdicts.why, name="why"),
    path("eksempler/<slug:slug>/bilder/<uuid:picture_id>/", files.picture, name="picture"),
    path("eksempler/<slug:slug>/dokumenter/<uuid:document_id>/", files.document, name="document"),
]
