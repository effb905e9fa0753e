"""Ideas in and out in bulk: CSV, XLSX and JSON, by a mapping from another system's columns to ours."""
