"""`python -m grobunn.config` is the command `grobunn`: the same in a folder whose path is too long for a script."""

from grobunn.config.cli import main

main()
