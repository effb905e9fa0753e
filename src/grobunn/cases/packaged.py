"""The files that come with cases; read once, and not to be changed by whoever reads them."""

from functools import cache, partial

from grobunn.kernel import packaged

packaged_yaml = cache(partial(packaged.packaged_yaml, "grobunn.cases"))
