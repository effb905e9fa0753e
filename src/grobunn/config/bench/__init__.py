"""Measures Grobunn on this machine: an installation of its own, made-up ideas, the real servers.

`folder` keeps it away from everybody's data, `seed` fills it, `server` starts what `grobunn serve` starts, `pages` says
what is asked for, `measure` asks and reads the clocks of the processes, `report` tells.
"""
