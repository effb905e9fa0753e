"""Addresses of discussion."""

from django.urls import path

from grobunn.discussion.views import comments, reactions

app_name = "discussion"
_SUBJECT = "<slug:municipality>/samtale/<slug:kind>/<uuid:subject_id>"
urlpatterns = [
    path(f"{_SUBJECT}/", comments.show_all, name="all"),
    path(f"{_SUBJECT}/kommentar/", comments.add, name="add"),
    path(f"{_SUBJECT}/kommentar/<uuid:comment_id>/endre/", comments.edit, name="edit"),
    path(f"{_SUBJECT}/kommentar/<uuid:comment_id>/fjern/", comments.remove, name="remove"),
    path(f"{_SUBJECT}/kommentar/<uuid:comment_id>/angre/", comments.restore, name="restore"),
    path(f"{_SUBJECT}/kommentar/<uuid:comment_id>/slipp-fram/", comments.let_through, name="let_through"),
    path(f"{_SUBJECT}/applaus/", reactions.applaud, name="applaud"),
    path(f"{_SUBJECT}/folg/", reactions.follow_or_not, name="follow"),
]
