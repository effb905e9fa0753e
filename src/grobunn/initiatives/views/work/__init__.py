"""The pages of everyday work: milestones, tasks, helpers, files, the log, risks, reports."""
