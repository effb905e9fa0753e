"""What people on panels hear; none of it says anything of an entry but its title."""
