"""The case library: what is asked of it, and the answer out of a table of short codes that each process keeps."""
