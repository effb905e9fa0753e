"""The WSGI application that the web server processes run."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grobunn.config.settings")

application = get_wsgi_application()
