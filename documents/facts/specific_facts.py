"""Every maker of facts that only one kind of document needs, in one place."""

from documents.facts import (
    case_facts,
    clue_facts,
    complaint_facts,
    cooperation_facts,
    jurisdiction_facts,
    measure_facts,
    payment_facts,
    penalty_facts,
    referral_facts,
    remedy_facts,
    service_facts,
    verification_facts,
    visit_facts,
    volumes,
)
from documents.facts.makers import specific

MAKERS = (
    *(case_facts, clue_facts, complaint_facts, cooperation_facts, jurisdiction_facts),
    *(measure_facts, payment_facts, penalty_facts, referral_facts, remedy_facts),
    *(service_facts, verification_facts, visit_facts, volumes),
)

__all__ = ["MAKERS", "specific"]
