"""Addresses of ideas: the door, the thread, the queue."""

from django.urls import path, re_path

from grobunn.ideas.views import bulk, intake, kinds, listing, photos, queue, reasons, routing, steps, thread

app_name = "ideas"

urlpatterns = [
    path("t/", thread.find_thread, name="find_thread"),
    path("t/<str:receipt>/", thread.thread_by_receipt, name="thread_by_receipt"),
    path("t/<str:receipt>/kvittering/", intake.receipt_page, name="receipt"),
    path("t/<str:receipt>/svar/", steps.reply_by_receipt, name="reply_by_receipt"),
    path("t/<str:receipt>/trekk/", steps.withdraw_by_receipt, name="withdraw_by_receipt"),
    path("t/<str:receipt>/endre/", thread.edit_by_receipt, name="edit_by_receipt"),
    path("t/<str:receipt>/glem-adressen/", thread.forget_address, name="forget_address"),
    path("t/<str:receipt>/bilder/<uuid:photo_id>.jpg", photos.photo_by_receipt, name="photo_by_receipt"),
    re_path(r"^(?P<municipality>[a-z0-9-]+)/ny/?$", intake.write_idea, name="write"),
    path("<slug:municipality>/ny/lignende/", intake.similar_ideas, name="similar"),
    path("<slug:municipality>/ideer/", listing.list_ideas, name="list"),
    path("<slug:municipality>/ideer/<slug:reference>/", thread.show_thread, name="thread"),
    path("<slug:municipality>/ideer/<slug:reference>/endre/", thread.edit, name="edit"),
    path("<slug:municipality>/ideer/<slug:reference>/bli-med/", thread.join, name="join"),
    path("<slug:municipality>/ideer/<slug:reference>/flere-slike/", thread.show_like_this, name="like_this"),
    path("<slug:municipality>/ideer/<slug:reference>/lignende/", thread.show_alike, name="alike"),
    path("<slug:municipality>/ideer/<slug:reference>/hjalp/", thread.mark_helped, name="helped"),
    path("<slug:municipality>/ideer/<slug:reference>/ikke-samme/", thread.mark_not_same, name="not_same"),
    path("<slug:municipality>/ideer/<slug:reference>/angre/<uuid:change_id>/", steps.undo_step, name="undo"),
    path("<slug:municipality>/ideer/<slug:reference>/steg/<slug:edge>/", steps.take_step, name="step"),
    path("<slug:municipality>/ideer/<slug:reference>/bilder/<uuid:photo_id>.jpg", photos.photo, name="photo"),
    path("<slug:municipality>/ko/", queue.show_queue, name="queue"),
    path("<slug:municipality>/ko/visninger/", queue.keep_view, name="keep_view"),
    path("<slug:municipality>/ko/visninger/<uuid:view_id>/fjern/", queue.forget_view, name="forget_view"),
    path("<slug:municipality>/ko/samlet/", bulk.bulk, name="bulk"),
    path("<slug:municipality>/ko/samlet/angre/", bulk.undo_bulk, name="undo_bulk"),
    path("<slug:municipality>/oppsett/ruting/", routing.show_routing, name="routing"),
    path("<slug:municipality>/oppsett/ruting/ny/", routing.add_rule, name="routing_add"),
    path("<slug:municipality>/oppsett/ruting/prov/", routing.try_routing, name="routing_trial"),
    path("<slug:municipality>/oppsett/ruting/forkast/", routing.throw_away, name="routing_throw_away"),
    path("<slug:municipality>/oppsett/ruting/bygg-videre/", routing.build_on_present, name="routing_build_on"),
    path("<slug:municipality>/oppsett/ruting/endringer/", routing.show_routing_history, name="routing_history"),
    path("<slug:municipality>/oppsett/ruting/<uuid:rule>/", routing.change_rule, name="routing_change"),
    path("<slug:municipality>/oppsett/ruting/<uuid:rule>/<slug:act>/", routing.act_on_rule, name="routing_act"),
    path("<slug:municipality>/oppsett/idetyper/", kinds.choose_kinds, name="kinds"),
    path("<slug:municipality>/oppsett/svarmaler/", reasons.show_reasons, name="reasons"),
    path("<slug:municipality>/oppsett/svarmaler/<slug:language>/", reasons.show_reasons, name="reasons_in"),
    path("<slug:municipality>/oppsett/svarmaler/<slug:language>/ny/", reasons.add_reason, name="reason_add"),
    path("<slug:municipality>/oppsett/svarmaler/<slug:language>/<slug:code>/", reasons.change_reason, name="reason"),
    path(
        "<slug:municipality>/oppsett/svarmaler/<slug:language>/<slug:code>/fjern/",
        reasons.remove_reason,
        name="reason_remove",
    ),
    path(
        "<slug:municipality>/oppsett/svarmaler/<slug:language>/<slug:code>/tilby/",
        reasons.offer_again,
        name="reason_offer",
    ),
    path(
        "<slug:municipality>/oppsett/svarmaler/<slug:language>/<slug:code>/tilbake/",
        reasons.put_back_reason,
        name="reason_put_back",
    ),
    re_path(r"^(?P<municipality>[a-z0-9-]+)/(?P<unit>[a-z0-9-]+)/ny/?$", intake.write_idea, name="write_in_unit"),
]
