"""Programmes and what belongs to them; a file per family."""

from grobunn.programmes.models.attendance import Attendance, MakeUp, Mark
from grobunn.programmes.models.diplomas import Diploma, DiplomaFile
from grobunn.programmes.models.enrolments import Enrolment, EnrolmentFile
from grobunn.programmes.models.evaluations import Evaluation, EvaluationAnswer, EvaluationGiven
from grobunn.programmes.models.gatherings import Day, Facilitator, Gathering, Material, Session
from grobunn.programmes.models.programmes import Cohort, Programme, ProgrammeKind
from grobunn.programmes.models.teams import HandIn, Interest, Team, TeamMember

__all__ = [
    "Attendance",
    "Cohort",
    "Day",
    "Diploma",
    "DiplomaFile",
    "Enrolment",
    "EnrolmentFile",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationGiven",
    "Facilitator",
    "Gathering",
    "HandIn",
    "Interest",
    "MakeUp",
    "Mark",
    "Material",
    "Programme",
    "ProgrammeKind",
    "Session",
    "Team",
    "TeamMember",
]
