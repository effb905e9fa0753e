"""Addresses of the inbox, the choices, the link in every mail, and the mails themselves."""

from django.urls import path

from grobunn.notifications.views import choices, inbox, mending, outbox, stopping

app_name = "notifications"
urlpatterns = [
    path("varsler/", inbox.inbox, name="inbox"),
    path("varsler/lest/", inbox.mark_all_read, name="mark_all_read"),
    path("varsler/innstillinger/", choices.choose, name="settings"),
    path("varsler/innstillinger/start/<int:stop_id>/", choices.start_again, name="start_again"),
    path("varsler/stopp/<str:token>/", stopping.stop_mails, name="stop"),
    path("varsler/e-post/", mending.stopped_mails, name="stopped_mails"),
    path("varsler/e-post/<uuid:mail_id>/", mending.mend_mail, name="mend_mail"),
    path("varsler/<uuid:notice_id>/", inbox.open_notice, name="open"),
    path("varsler/<uuid:notice_id>/lest/", inbox.mark_read, name="mark_read"),
    path("utboks/", outbox.outbox, name="outbox"),
    path("utboks/<uuid:mail_id>/", outbox.outbox_mail, name="outbox_mail"),
]
