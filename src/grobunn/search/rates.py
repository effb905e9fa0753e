"""How often one may search. Behind one network address may sit a municipality of 15,000 employees."""

from grobunn.kernel.limits import Rate

SEARCHES = Rate(count=90, seconds=60)
SEARCHES_FROM_AN_ADDRESS = Rate(count=600, seconds=60)
# A page asks at most some four times a second while somebody types.
WHILE_TYPING = Rate(count=300, seconds=60)
WHILE_TYPING_FROM_AN_ADDRESS = Rate(count=1800, seconds=60)
