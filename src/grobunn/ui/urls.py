from django.urls import path

from grobunn.ui import views
from grobunn.ui.gallery.views import gallery

app_name = "ui"
urlpatterns = [
    path("ui/", gallery, name="gallery"),
    path("sprak/", views.choose_language, name="language"),
    path("utseende/", views.choose_appearance, name="appearance"),
    path("ui/tema/<slug:colour>.css", views.theme, name="theme"),
]
