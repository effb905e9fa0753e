"""Who is told what about an initiative; each family of notices has its own file."""
