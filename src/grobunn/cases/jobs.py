"""Cases' background work: thin, each calls one service."""

from grobunn.cases.services import confirmations, contact, debts, questions, retention, review, succession, weekly
from grobunn.cases.services.verdicts import forget_old_verdicts
from grobunn.kernel.jobs import job


@job("cases.ask_for_confirmations", every="20 6 * * 1-5")
def ask_for_confirmations(*, timestamp: int = 0) -> None:
    """Ask who has had something in use for half a year whether it still is."""
    confirmations.ask_for_confirmations()


@job("cases.remind_of_questions", every="25 6 * * 1-5")
def remind_of_questions(*, timestamp: int = 0) -> None:
    """Remind origins of questions that nobody has answered."""
    questions.remind_of_questions()


@job("cases.tell_weekly", every="35 5 * * 1-2")
def tell_weekly(*, timestamp: int = 0) -> None:
    """Tell what last week brought; on Tuesday those whom a worker that stood still on Monday has not told."""
    weekly.tell_weekly()


@job("cases.hand_over_merged", every="50 3 * * *")
def hand_over_merged(*, timestamp: int = 0) -> None:
    """Let successors look after what municipalities that merged looked after."""
    succession.hand_over_merged()


@job("cases.remind_of_reviews", every="30 6 * * 1-5")
def remind_of_reviews(*, timestamp: int = 0) -> None:
    """Ask owners whose cases nobody has looked at for a year."""
    review.remind_of_reviews()


@job("cases.end_lapsed_names", every="10 1 * * *")
def end_lapsed_names(*, timestamp: int = 0) -> None:
    """Let the names of contacts go whose last day has passed."""
    contact.end_lapsed_names()


@job("cases.ask_what_was_learned", every="40 6 1 * *")
def ask_what_was_learned(*, timestamp: int = 0) -> None:
    """Ask holders of what ended without a case, once a month."""
    debts.ask_what_was_learned()


@job("cases.forget_verdicts", every="50 2 * * *")
def forget_verdicts(*, timestamp: int = 0) -> None:
    """Remove readers' answers to "was this useful?" after twelve months."""
    forget_old_verdicts()


@job("cases.remove_orphaned_files", every="5 3 * * *")
def remove_orphaned_files(*, timestamp: int = 0) -> None:
    """Remove files of pictures and documents that were not kept after all."""
    retention.remove_orphaned_files()
