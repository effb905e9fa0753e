"""The pages of one published case."""
