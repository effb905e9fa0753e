"""Grobunn: where the ideas of a municipality's employees, leaders and citizens take root."""

__version__ = "0.1.0"
