"""The one place where reads of cases are composed."""
