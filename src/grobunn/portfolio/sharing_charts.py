"""The chart of a shared source, the table of what each municipality holds of it, and the same as rows of a file."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grobunn.capacity.kinds import measure_of
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.loads import Load
from grobunn.capacity.words import amount_words
from grobunn.portfolio.queries.sharing import Amounts, Holder, SharedSource
from grobunn.ui.charts import Bar, Cell, Chart, Heading, Table, bars, columns

HEADS = (
    gettext_lazy("Source"),
    gettext_lazy("Kind of help"),
    gettext_lazy("Municipality that has it"),
    gettext_lazy("Unit"),
    gettext_lazy("Quarter"),
    gettext_lazy("There is"),
    gettext_lazy("Promised"),
    gettext_lazy("Municipality that holds it"),
    gettext_lazy("Initiative"),
    gettext_lazy("Holds"),
)


def source_chart(shared: SharedSource) -> Chart:
    """What there is of a source and what is promised, quarter by quarter."""
    source = shared.source
    title = _("%(source)s, %(unit)s in %(municipality)s, %(measure)s") % {
        "source": source.name,
        "unit": source.unit.name,
        "municipality": source.municipality.name,
        "measure": measure_of(source.kind).label,
    }
    over = [str(load.quarter) for load in shared.loads if load.is_over]
    says = _("Over: %(names)s.") % {"names": ", ".join(over)} if over else _("Nothing is over.")
    return Chart(
        key=f"shared-{source.pk}",
        title=title,
        says=f"{title}. {says}",
        wide=columns([_bar(load) for load in shared.loads]),
        narrow=bars([_bar(load) for load in shared.loads], is_narrow=True),
        table=_table(shared),
    )


def rows_of(found: Iterable[SharedSource], quarters: Sequence[Quarter]) -> Iterator[list[object]]:
    """A row for each of our initiatives, and each other municipality, in each quarter in which it holds something."""
    for shared in found:
        for place, load in enumerate(shared.loads):
            for holder in shared.holders:
                for title, amounts in _lines(holder):
                    if amounts[place]:
                        yield [
                            *_said_of(shared, quarters[place], load),
                            holder.municipality.name,
                            title,
                            amounts[place],
                        ]


def hidden_words() -> str:
    """What stands for an initiative that the reader may not see."""
    return _("Something that you may not see")


def _lines(holder: Holder) -> list[tuple[str, Amounts]]:
    if not holder.is_here:
        return [("", holder.amounts)]
    return [(own.claim.title if own.claim else hidden_words(), own.amounts) for own in holder.claims]


def _said_of(shared: SharedSource, quarter: Quarter, load: Load) -> list[object]:
    source = shared.source
    kind = source.get_kind_display()
    return [
        source.name,
        kind,
        source.municipality.name,
        source.unit.name,
        str(quarter),
        load.declared,
        load.reserved,
    ]


def _bar(load: Load) -> Bar:
    words = f"{amount_words(load.reserved)} / {amount_words(load.declared)}"
    return Bar(str(load.quarter), float(load.reserved), words, float(load.declared), is_over=load.is_over)


def _table(shared: SharedSource) -> Table:
    quarters = [Heading(str(load.quarter), is_number=True) for load in shared.loads]
    rows: list[list[Cell]] = []
    for holder in shared.holders:
        rows.append([Cell(holder.municipality.name), *_cells(holder.amounts)])
        for own in holder.claims:
            name = Cell(f"– {own.claim.title}", url=own.claim.url) if own.claim else Cell(f"– {hidden_words()}")
            rows.append([name, *_cells(own.amounts)])
    rows.append([Cell(_("Promised in all")), *_cells([load.reserved for load in shared.loads])])
    rows.append([Cell(_("There is")), *_cells([load.declared for load in shared.loads])])
    rows.append([Cell(_("Left")), *(_left(load) for load in shared.loads)])
    caption = _("What each municipality holds. The initiatives of others are not named.")
    return Table(caption=caption, headings=[Heading(_("Who")), *quarters], rows=rows)


def _cells(amounts: Iterable[Decimal]) -> list[Cell]:
    return [Cell(amount_words(amount) if amount else "–") for amount in amounts]


def _left(load: Load) -> Cell:
    if load.is_over:
        return Cell(amount_words(load.over), mark=_("too much"))
    return Cell(amount_words(load.left))
