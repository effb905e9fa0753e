"""The record of a panel: what it holds, what a disqualified member reads of it, and how it looks on paper."""
