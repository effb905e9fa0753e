from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "grobunn.discussion"
    label = "discussion"
