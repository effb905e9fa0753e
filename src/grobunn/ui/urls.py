from django.urls import path

from grobunn.ui import views
from grobunn.ui.gallery.views import counter, gallery, similar

app_name = "ui"
urlpatterns = [
    path("ui/", gallery, name="gallery"),
    path("ui/lignende/", similar, name="gallery-similar"),
    path("ui/teller/", counter, name="gallery-counter"),
    path("sprak/", views.choose_language, name="language"),
    path("utseende/", views.choose_appearance, name="appearance"),
    path("ui/tema/<slug:colour>.css", views.theme, name="theme"),
]
