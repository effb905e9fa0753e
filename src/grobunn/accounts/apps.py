from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "grobunn.accounts"
    label = "accounts"
