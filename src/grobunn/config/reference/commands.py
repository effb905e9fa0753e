"""Every command of `grobunn` that is our own."""

from django.core.management import get_commands, load_command_class

from grobunn.config.reference.tables import NOTE, first_line, table


def page() -> str:
    """Commands by name, with what they do."""
    ours = sorted((name, module) for name, module in get_commands().items() if str(module).startswith("grobunn."))
    rows = [(f"`grobunn {name}`", first_line(load_command_class(str(module), name).help)) for name, module in ours]
    return (
        f"{NOTE}\n# Commands\n\n`grobunn COMMAND --help` tells each one's options. "
        "Django's own commands answer too.\n\n"
        f"{table(('command', 'does'), rows)}"
    )
