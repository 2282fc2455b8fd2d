"""Every function that the lifecycle tables may name: whoever looks here finds all of them."""

from domain.beside import disposal, drugs, file_access, identification, refund
from domain.effects import assessment as assessment_effects
from domain.effects import beside as beside_effects
from domain.effects import breach as breach_effects
from domain.effects import case as case_effects
from domain.effects import circular as circular_effects
from domain.effects import clue as clue_effects
from domain.effects import complaint as complaint_effects
from domain.effects import draw as draw_effects
from domain.effects import endorsement as endorsement_effects
from domain.effects import joint as joint_effects
from domain.effects import paper_change as paper_change_effects
from domain.effects import payment as payment_effects
from domain.effects import publication as publication_effects
from domain.effects import referral as referral_effects
from domain.effects import remedy as remedy_effects
from domain.effects import risk_warning as risk_warning_effects
from domain.effects import screening as screening_effects
from domain.effects import service as service_effects
from domain.effects import spot_penalty as spot_penalty_effects
from domain.effects import visit as visit_effects
from domain.effects.change import effect
from domain.guards import (
    case,
    circular,
    clue,
    complaint,
    conditions,
    crime,
    crime_form,
    duty_crime,
    handling,
    jurisdiction,
    justice_paper,
    measure,
    officers,
    others,
    outcome,
    paper_change,
    paperwork,
    party,
    period,
    referral,
    reply,
    verification,
)
from domain.guards.registry import condition, guard, selection
from domain.penalties import (
    case_review,
    cited_articles,
    correction,
    court,
    dated_papers,
    discretion,
    earlier_fines,
    execution,
    heard_party,
    hearing,
    hearing_right,
    imposed_words,
    joint,
    legal_basis,
    notified,
    paper_service,
    payment,
    publicity,
    remedy,
    remedy_outcome,
    service,
    set_off,
    spot_penalty,
)
from domain.situation.situation import Situation
from domain.undertakings import (
    assessment,
    breach,
    draw,
    finding,
    joint_proceeding,
    publication,
    risk_warning,
    visit,
)

REGISTERING = (
    *(disposal, drugs, file_access, identification, refund),
    *(
        case,
        case_review,
        circular,
        clue,
        complaint,
        conditions,
        court,
        crime,
        crime_form,
        discretion,
    ),
    *(cited_articles, correction, dated_papers, earlier_fines, execution, heard_party),
    *(duty_crime, handling, hearing, hearing_right, imposed_words),
    *(jurisdiction, justice_paper, legal_basis, measure),
    *(
        notified,
        officers,
        others,
        outcome,
        paper_change,
        paper_change_effects,
        paperwork,
        party,
        payment,
    ),
    *(paper_service, period, publicity, referral, remedy),
    *(remedy_outcome, reply, service, set_off, spot_penalty, verification, beside_effects),
    *(case_effects, circular_effects, draw, draw_effects),
    *(publication, publication_effects, visit, visit_effects, finding),
    *(risk_warning, risk_warning_effects, assessment, assessment_effects),
    *(breach, breach_effects, joint, joint_effects, joint_proceeding),
    *(clue_effects, complaint_effects, endorsement_effects, payment_effects, referral_effects),
    *(remedy_effects, screening_effects, service_effects, spot_penalty_effects),
)
"""A module's functions are known by name once it is imported."""

__all__ = ["REGISTERING", "condition", "effect", "guard", "holds", "selection"]


def holds(name: str | None, situation: Situation) -> bool:
    """Whether a named condition holds; what names none always does."""
    return name is None or condition[name](situation)
