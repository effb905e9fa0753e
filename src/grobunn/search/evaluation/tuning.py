"""Tuning: what people here said is weighed together with the project's ideas, in an installation made for it."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from grobunn.search.evaluation.judgements import judged_pairs
from grobunn.search.evaluation.weighing import Quality
from grobunn.search.meaning.weights import Weights, in_use

_PATIENCE_SECONDS = 1800


class NotTuned(RuntimeError):  # noqa: N818 -- named for what happened
    """The evaluation could not be run; the message says why."""


@dataclass(frozen=True)
class Tuned:
    """Takes: now, the weights in use; weights, those proposed, the same where none is better; before and after, how
    well they do.
    """

    now: Weights
    weights: Weights
    before: Quality
    after: Quality

    def table(self) -> str:
        """The change, in lines."""
        rows = [
            ("how much of a higher score by words counts", self.now.words, self.weights.words),
            ("score from which words lead", self.now.lead, self.weights.lead),
            ("answer first, of the project's ideas", self.before.recall_at_1, self.after.recall_at_1),
            ("answer among the first five", self.before.recall_at_5, self.after.recall_at_5),
            ("mean of 1/rank", self.before.mrr, self.after.mrr),
            (f"agreement with {self.before.judged} judgements", self.before.agreement, self.after.agreement),
        ]
        width = max(len(name) for name, _now, _then in rows)
        head = f"{'':{width}}    now   then"
        return "\n".join([head, *(f"{name:{width}}  {now:5.3f}  {then:5.3f}" for name, now, then in rows)])


def tune() -> Tuned:
    """Which weights would serve better here. Raises: NotTuned."""
    now = in_use()
    asked = {"now": asdict(now), "judged": [asdict(each) for each in judged_pairs()]}
    with tempfile.TemporaryDirectory(prefix="grobunn-tune-") as name:
        question, answer = Path(name) / "judged.json", Path(name) / "weights.json"
        question.write_text(json.dumps(asked), encoding="utf-8")
        command = [sys.executable, "-m", "grobunn.config", "eval", "weights"]
        try:
            ended = subprocess.run(  # noqa: S603 -- our own program
                [*command, "--judged", str(question), "--json", str(answer)],
                capture_output=True,
                text=True,
                check=False,
                timeout=_PATIENCE_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise NotTuned(f"The evaluation took longer than {_PATIENCE_SECONDS // 60} minutes.") from error
        if ended.returncode:
            raise NotTuned(f"The evaluation could not be run: {ended.stderr.strip()[-500:]}")
        told = json.loads(answer.read_text(encoding="utf-8"))
    return Tuned(
        now=now, weights=Weights(**told["weights"]), before=Quality(**told["now"]), after=Quality(**told["then"])
    )
