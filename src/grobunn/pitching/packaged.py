"""The files that come with pitch days."""

from functools import partial

from grobunn.kernel import packaged

packaged_yaml = partial(packaged.packaged_yaml, "grobunn.pitching")
