"""Results in the words, tables and charts of pages."""
