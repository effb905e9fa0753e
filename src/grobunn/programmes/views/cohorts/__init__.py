"""Pages of a cohort: what it is, when it meets, who takes part."""
