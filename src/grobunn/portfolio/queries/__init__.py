"""Reads of the portfolio: every one starts from what the reader may see."""
