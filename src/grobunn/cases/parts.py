"""What a draft is written in: parts in the order of the page, each with help for whoever writes it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.cases.sections import Section

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """One page of writing.

    Takes: slug, its word in addresses; section, the section of the case that it is, if it is one; fields, what it
           writes; asks, what a reader wants to know; good and thin, examples of an answer.
    """

    slug: str
    label: Words
    fields: tuple[str, ...]
    section: str = ""
    asks: Words = ""
    good: Words = ""
    thin: Words = ""


PARTS: tuple[Part, ...] = (
    Part(
        slug="om",
        label=_("Title and lead"),
        fields=("title", "lead", "kind", "language"),
        asks=_(
            "A neighbour with the same problem reads the title in a list. Does it say what you did? The lead says in "
            "two or three sentences what was wrong, what you did and what it gave."
        ),
        good=_("Sensors in beds: half as many night rounds at two nursing homes"),
        thin=_("Project Tomorrow's Care, phase 2"),
    ),
    Part(
        slug="behov",
        label=Section.NEED.label,
        section=Section.NEED,
        fields=("need",),
        asks=_(
            "What was wrong, for whom, and how often? How did you notice it? What did it cost in time, money or worry?"
        ),
        good=_(
            "Night staff looked in on 34 residents three times a night. Two of three rounds woke somebody who "
            "slept well."
        ),
        thin=_("There was a need to modernise the service."),
    ),
    Part(
        slug="prosess",
        label=Section.PROCESS.label,
        section=Section.PROCESS,
        fields=("process",),
        asks=_(
            "Who did what, in which order, and how long did it take? Who had to agree? What would you do earlier "
            "next time?"
        ),
        good=_(
            "Four evenings with night staff, then three beds for six weeks. The union representative was in from "
            "the first evening."
        ),
        thin=_("A broad process was carried out with all stakeholders."),
    ),
    Part(
        slug="losning",
        label=Section.SOLUTION.label,
        section=Section.SOLUTION,
        fields=("solution",),
        asks=_(
            "What do people do now that they did not do before? What was bought, built or agreed? What must be in"
            " place to do the same?"
        ),
        good=_(
            "A mat under the sheet tells the phone of whoever is on duty when somebody gets up. It needs network "
            "in every room."
        ),
        thin=_("We introduced an innovative digital platform."),
    ),
    Part(
        slug="effekt",
        label=Section.EFFECT.label,
        section=Section.EFFECT,
        fields=("effect",),
        asks=_(
            "What became better, for whom, by how much, and how do you know? What was it before? What did not change?"
        ),
        good=_(
            "Rounds fell from 102 to 48 a night in three months, counted by hand one week before and one week "
            "after. Falls did not change."
        ),
        thin=_("The effect has been very good."),
    ),
    Part(
        slug="skalering",
        label=Section.SCALING.label,
        section=Section.SCALING,
        fields=("scaling",),
        asks=_(
            "Where else is it used, and what had to be different there? What must a municipality that is smaller "
            "or larger think of?"
        ),
        good=_(
            "Two more homes use it. The smallest, with nine beds, shares the agreement with the neighbouring "
            "municipality."
        ),
        thin=_("The solution has a large potential for scaling."),
    ),
    Part(
        slug="erfaringer",
        label=Section.LESSONS.label,
        section=Section.LESSONS,
        fields=("lessons",),
        asks=_(
            "What was hard? What went wrong, what surprised you, what would you not do again? This is what saves "
            "the next one time."
        ),
        good=_(
            "The network in the old wing did not reach the beds. It took half a year and 180,000 kroner that "
            "nobody had planned for."
        ),
        thin=_("It is important to anchor the work with the leaders."),
    ),
    Part(
        slug="kontakt",
        label=pgettext_lazy("section of a case", "Contact"),
        section=Section.CONTACT,
        fields=("contact", "contact_role", "contact_unit_id", "contact_mailbox"),
        asks=_(
            "Who answers in two years, when people have changed jobs? Choose a role and a shared mailbox. Write "
            "no names "
            "here: a person is named on a page of their own, when they have agreed."
        ),
    ),
    Part(
        slug="fakta",
        label=_("Facts and costs"),
        fields=(
            *("stage", "one_off_nok", "yearly_nok", "hours", "partners", "innovation_kinds", "kostra", "los", "sdgs"),
            "video_url",
        ),
        asks=_(
            "A small municipality looks at the costs first. A careful guess is better than nothing: say in the "
            "text that it is one."
        ),
    ),
    Part(
        slug="tidslinje",
        label=_("Timeline"),
        fields=("timeline",),
        asks=_(
            "The five or six moments that somebody who begins now wants to know: the decision, the first trial, "
            "when it was in use."
        ),
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}
BY_FIELD = {field: part for part in PARTS for field in part.fields}
