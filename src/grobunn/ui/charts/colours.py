"""The colours of charts: variables in a page, which knows light, dark and paper; plain colours in a file.

The variables stand in `frontend/css/components/chart.css`. No meaning stands in a colour alone: what is over says so
in words.
"""

import re

BAR = "var(--gb-chart-bar)"
OVER = "var(--gb-chart-over)"
QUIET = "var(--gb-chart-quiet)"
LIMIT = "var(--gb-chart-limit)"
TEXT = "var(--gb-chart-text)"
SUBTLE = "var(--gb-chart-subtle)"
GRID = "var(--gb-chart-grid)"
# Of one thing that grows, from little to much.
STEPS = tuple(f"var(--gb-chart-step-{step})" for step in range(1, 5))

_PAPER = {
    "bar": "#0b6b50",
    "over": "#b3253a",
    "quiet": "#9bc5b3",
    "limit": "#1a1a1a",
    "text": "#1a1a1a",
    "subtle": "#56595c",
    "grid": "#d9dcdf",
    "step-1": "#c5e0d4",
    "step-2": "#7fb39d",
    "step-3": "#3e856c",
    "step-4": "#0a4736",
}
_VARIABLE = re.compile(r"var\(--gb-chart-([a-z0-9-]+)\)")


def on_paper(drawing: str) -> str:
    """A drawing with plain colours in place of the page's variables."""
    return _VARIABLE.sub(lambda found: _PAPER[found[1]], drawing)
