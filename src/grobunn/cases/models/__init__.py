"""What a case is and what belongs to it: import from here."""

from grobunn.cases.models.adoptions import Adoption, Manner, Question, Visit
from grobunn.cases.models.cases import Case, CoAuthor, Document, Draft, Edition, Picture, SectionComment, Verdict
from grobunn.cases.models.content import CONTENT_FIELDS, CaseKind, Content, InnovationKind, Stage
from grobunn.cases.models.following import FollowedTopic, Topic
from grobunn.cases.models.library import LibraryVersion

__all__ = [
    "CONTENT_FIELDS",
    "Adoption",
    "Case",
    "CaseKind",
    "CoAuthor",
    "Content",
    "Document",
    "Draft",
    "Edition",
    "FollowedTopic",
    "InnovationKind",
    "LibraryVersion",
    "Manner",
    "Picture",
    "Question",
    "SectionComment",
    "Stage",
    "Topic",
    "Verdict",
    "Visit",
]
