"""Addresses of cases: each family of pages has its own list."""

from grobunn.cases.views.adopting.addresses import urlpatterns as adopting
from grobunn.cases.views.library.addresses import urlpatterns as library
from grobunn.cases.views.reading.addresses import urlpatterns as reading
from grobunn.cases.views.writing.addresses import urlpatterns as writing

app_name = "cases"

urlpatterns = [
    *library,
    *adopting,
    *reading,
    *writing,
]
