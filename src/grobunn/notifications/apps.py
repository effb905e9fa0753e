from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "grobunn.notifications"
    label = "notifications"
