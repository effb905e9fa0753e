"""A flow of least cost through a network, by OR-Tools."""

from array import array
from collections.abc import Sequence


class Flow:
    """A network that is built arc by arc and solved once; nodes and arcs are numbers."""

    def __init__(self) -> None:
        self._nodes = 0
        self._tails, self._heads = array("q"), array("q")
        self._capacities, self._costs = array("q"), array("q")

    def node(self) -> int:
        """One more node."""
        self._nodes += 1
        return self._nodes - 1

    def arc(self, tail: int, head: int, capacity: int, cost: int = 0) -> int:
        """One more arc. Takes: cost, of each unit; negative is a reward."""
        self._tails.append(tail)
        self._heads.append(head)
        self._capacities.append(capacity)
        self._costs.append(cost)
        return len(self._tails) - 1

    def solve(self, source: int, sink: int, amount: int) -> Sequence[int]:
        """How much flows through each arc. Raises: ValueError where so much cannot flow."""
        import numpy  # noqa: PLC0415 -- slow import
        from ortools.graph.python import min_cost_flow  # noqa: PLC0415 -- slow import

        solver = min_cost_flow.SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            numpy.frombuffer(self._tails, dtype=numpy.int64).astype(numpy.int32),
            numpy.frombuffer(self._heads, dtype=numpy.int64).astype(numpy.int32),
            numpy.frombuffer(self._capacities, dtype=numpy.int64),
            numpy.frombuffer(self._costs, dtype=numpy.int64),
        )
        solver.set_node_supply(source, amount)
        solver.set_node_supply(sink, -amount)
        if solver.solve() != solver.OPTIMAL:
            raise ValueError("So much cannot flow through the network.")
        flows: Sequence[int] = solver.flows(arcs).tolist()
        return flows
