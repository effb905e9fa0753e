"""The engine in use: this one is PostgreSQL itself; another one takes its place here and nowhere else."""

from grobunn.search.engine.interface import Engine
from grobunn.search.engine.postgresql import PostgreSQL

ENGINE: Engine = PostgreSQL()
