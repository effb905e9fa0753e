"""The charts of the funnel: how many come how far, and how long work has stood where it stands."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from grobunn.portfolio.ages import Age, in_words
from grobunn.portfolio.columns import WORK, Column
from grobunn.portfolio.queries.funnel import OF_IDEAS, Figure, Funnel, Step
from grobunn.ui.charts import Bar, Cell, Chart, Heading, Part, Series, Table, bars, stacked

Address = Callable[[str], str]


def steps_chart(found: Funnel, *, url: Address) -> Chart:
    """How many come how far. Takes: url, the rows behind a step."""
    rows = [Bar(str(step.label), found.steps[step], _share(found, step)) for step in Step]
    table = Table(
        caption=_("Each number leads to its rows."),
        headings=[
            Heading(_("How far")),
            Heading(_("How many"), is_number=True),
            Heading(_("Of those at the beginning"), is_number=True),
        ],
        rows=[
            [
                Cell(str(step.label)),
                Cell(number_format(found.steps[step]), url=url(step.value)),
                Cell(_percent(found, step)),
            ]
            for step in Step
        ],
    )
    says = _("%(received)s ideas came in, work began on %(chosen)s, and %(running)s initiatives came into operation.")
    return Chart(
        key="funnel",
        title=_("How many come how far"),
        says=says
        % {
            "received": number_format(found.steps[Step.RECEIVED]),
            "chosen": number_format(found.steps[Step.CHOSEN]),
            "running": number_format(found.steps[Step.OPERATION]),
        },
        wide=bars(rows),
        narrow=bars(rows, is_narrow=True),
        table=table,
    )


def ages_chart(found: Funnel, *, url: Callable[[str, Age], str]) -> Chart:
    """How long what is under way has stood in its stage. Takes: url, the list of a stage and an age."""
    series = [str(age.label) for age in Age]
    rows = [
        Series(
            str(Column(stage).label),
            [Part(str(age.label), counts[age]) for age in Age],
            number_format(sum(counts.values())),
        )
        for stage, counts in found.ages.items()
    ]
    return Chart(
        key="ages",
        title=_("How long it has stood in its stage"),
        says=_("What is under way now, by stage and by how long it has been there."),
        wide=stacked(rows, series=series),
        narrow=stacked(rows, series=series, is_narrow=True),
        table=Table(
            caption=_("Each number leads to the list."),
            headings=[Heading(_("Stage")), *(Heading(label, is_number=True) for label in series)],
            rows=[
                [
                    Cell(str(Column(stage).label)),
                    *(Cell(number_format(counts[age]), url=url(stage, age) if counts[age] else "") for age in Age),
                ]
                for stage, counts in found.ages.items()
            ],
        ),
    )


def times_of(found: Funnel) -> list[tuple[str, str, int]]:
    """What takes how long: in words, the median, and of how many."""
    rows = [
        (_("From an idea to its answer"), found.answering),
        (_("From an idea to the beginning of work"), found.starting),
        *(
            (_("In the stage “%(stage)s”") % {"stage": column.label}, found.stages[column.value])
            for column in WORK
            if column.value in found.stages
        ),
    ]
    return [(label, took(figure), figure.count) for label, figure in rows]


def took(figure: Figure) -> str:
    """A median in words."""
    if figure.median is None:
        return "–"
    return in_words(figure.median.days) if figure.median >= timedelta(days=1) else _("less than a day")


def _share(found: Funnel, step: Step) -> str:
    percent = _percent(found, step)
    count = number_format(found.steps[step])
    return f"{count} ({percent})" if percent else count


def _percent(found: Funnel, step: Step) -> str:
    """Of ideas received, or of initiatives begun; nothing for where each begins."""
    whole = found.steps[Step.RECEIVED if step in OF_IDEAS else Step.BEGUN]
    if step in (Step.RECEIVED, Step.BEGUN) or not whole:
        return ""
    return f"{round(100 * found.steps[step] / whole)} %"
