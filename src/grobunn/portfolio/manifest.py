"""What the portfolio offers to the parts that know no feature; the apps' registry calls it once.

It has no permissions of its own: who sees, imports and exports initiatives stands in `initiatives/rules.py`.
"""

from grobunn.portfolio import navigation


def register() -> None:
    """Add the entry in the navigation."""
    navigation.register()
