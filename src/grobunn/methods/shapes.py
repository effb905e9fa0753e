"""The shape of a method, and how it is read from JSON: one for what comes with Grobunn and for a municipality's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from grobunn.methods.stages import Stage

DecidedBy = Literal["owner", "leader"]
Words = Mapping[str, str]


@dataclass(frozen=True)
class HandIn:
    """Something that a phase ends with. Takes: key, known to gates; name and help in words."""

    key: str
    name: str
    help: str = ""


@dataclass(frozen=True)
class Gate:
    """The decision at the end of a phase.

    Takes: needs, keys of hand-ins of the method and of requirements that features register; decided_by, the owner in
           the line, or a leader above.
    """

    key: str
    name: str
    needs: tuple[str, ...] = ()
    decided_by: DecidedBy = "owner"


@dataclass(frozen=True)
class Phase:
    """A part of a method, in the words of one language."""

    key: str
    name: str
    stage: Stage
    purpose: str = ""
    questions: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    hand_ins: tuple[HandIn, ...] = ()
    gate: Gate | None = None


@dataclass(frozen=True)
class Method:
    """A template in one language and edition.

    Takes: key, unique among those that a municipality may use; source and source_url, where it comes from.
    """

    key: str
    edition: int
    name: str
    phases: tuple[Phase, ...]
    summary: str = ""
    source: str = ""
    source_url: str = ""

    @property
    def first(self) -> Phase:
        """Where work begins."""
        return self.phases[0]

    def phase(self, key: str) -> Phase | None:
        """A phase by its key, None where the method has none of that name."""
        return next((phase for phase in self.phases if phase.key == key), None)

    def after(self, key: str) -> Phase | None:
        """The phase that follows, None after the last."""
        keys = [phase.key for phase in self.phases]
        place = keys.index(key) + 1 if key in keys else len(keys)
        return self.phases[place] if place < len(self.phases) else None

    def phase_of_stage(self, stage: str) -> Phase:
        """The first phase that is counted as a stage; without one the last before it, else the first of all."""
        order = list(Stage)
        reached = [phase for phase in self.phases if order.index(phase.stage) <= order.index(Stage(stage))]
        exact = next((phase for phase in self.phases if phase.stage == stage), None)
        return exact or (reached[-1] if reached else self.first)

    def hand_in(self, key: str) -> HandIn | None:
        """A hand-in of any phase by its key."""
        return next((each for phase in self.phases for each in phase.hand_ins if each.key == key), None)


def read_method(data: Mapping[str, Any], *, language: str) -> Method:
    """A method from its JSON.

    Takes:  data as `data/*.json` holds it: every text either a string or {"nb": …, "nn": …, "en": …}.
    Raises: KeyError, ValueError where it has not the shape; the editor validates before it keeps one.
    """

    def said(text: str | Words | None) -> str:
        if text is None:
            return ""
        return text if isinstance(text, str) else text.get(language) or text["nb"]

    return Method(
        key=data["key"],
        edition=data.get("edition", 1),
        name=said(data["name"]),
        summary=said(data.get("summary")),
        source=said(data.get("source")),
        source_url=data.get("source_url", ""),
        phases=tuple(
            Phase(
                key=phase["key"],
                name=said(phase["name"]),
                stage=Stage(phase["stage"]),
                purpose=said(phase.get("purpose")),
                questions=tuple(said(each) for each in phase.get("questions", ())),
                tools=tuple(said(each) for each in phase.get("tools", ())),
                hand_ins=tuple(
                    HandIn(key=each["key"], name=said(each["name"]), help=said(each.get("help")))
                    for each in phase.get("hand_ins", ())
                ),
                gate=_gate(phase["gate"], said(phase["gate"]["name"])) if phase.get("gate") else None,
            )
            for phase in data["phases"]
        ),
    )


def _gate(data: Mapping[str, Any], name: str) -> Gate:
    return Gate(
        key=data["key"], name=name, needs=tuple(data.get("needs", ())), decided_by=data.get("decided_by", "owner")
    )
