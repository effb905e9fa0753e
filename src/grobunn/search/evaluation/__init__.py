"""How well search finds what is alike, measured with the code that serves users: `grobunn eval similar`.

`files` reads the texts and the questions, `ground` makes an installation of them, `measure` asks and counts, `report`
tells. `ideas` are the project's own texts for it.
"""
