"""Who is told what about cases: each family of notices has its own file."""
