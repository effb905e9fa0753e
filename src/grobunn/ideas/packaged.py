"""The files that come with ideas."""

from functools import partial

from grobunn.kernel import packaged as kernel

packaged = partial(kernel.packaged, "grobunn.ideas")
packaged_yaml = partial(kernel.packaged_yaml, "grobunn.ideas")
