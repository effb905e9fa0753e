"""What people type into, checked and named as the services take it."""
