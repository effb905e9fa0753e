"""Every state machine: a diagram and its table."""

from grobunn.config.reference.tables import NOTE, table
from grobunn.kernel import statemachine
from grobunn.kernel.statemachine import Machine


def page(machines: list[Machine] | None = None) -> str:
    """All machines, by name."""
    found = list(statemachine.registered().values()) if machines is None else machines
    return f"{NOTE}\n# States\n\n" + "\n".join(_section(machine) for machine in found)


def _section(machine: Machine) -> str:
    labels = [f"    {state.value}: {state.label}" for state in machine.states]
    arrows = [
        f"    {source} --> {edge.target or source}: {edge.name}"
        for edge in machine.edges
        for source in sorted(edge.sources)
    ]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *labels, f"    [*] --> {machine.initial}", *arrows, "```"])
    rows = [
        (
            f"`{edge.name}`",
            str(edge.label),
            ", ".join(sorted(edge.sources)),
            edge.target or "(stays)",
            f"`{edge.permission}`",
            ", ".join([*edge.needs, *(["reason"] if edge.is_reason_required else [])]) or "–",
            f"{edge.undo_minutes} min" if edge.undo_minutes else "–",
        )
        for edge in machine.edges
    ]
    heads = ("step", "button", "from", "to", "permission", "needs", "undo")
    return f"## {machine.name}\n\n{diagram}\n\n{table(heads, rows)}"
