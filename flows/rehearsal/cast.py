"""Which story each work order tells."""

from collections.abc import Mapping

from flows.rehearsal.scene import Telling
from flows.rehearsal.stories.complaint import complaint
from flows.rehearsal.stories.dispute import dispute
from flows.rehearsal.stories.intake import (
    deemed_accepted,
    duplicate,
    redirect,
    return_once,
    split,
    withdraw,
)
from flows.rehearsal.stories.penalty import penalty_hearing, penalty_simple
from flows.rehearsal.stories.referral import (
    fine_instead_of_referral,
    refer_approved,
    refer_declined,
    refer_forwarded,
    refer_refused_reconsidered,
    refer_supervised,
    refer_supplemented,
)
from flows.rehearsal.stories.spot_penalty import penalty_on_spot
from flows.rehearsal.stories.supervision import late_escalated
from flows.rehearsal.stories.verification import (
    dismiss,
    joint_dissent,
    joint_silent,
    rectify,
    reopen,
)

STORIES: Mapping[str, Telling] = {
    one.__name__: one
    for one in (
        complaint,
        deemed_accepted,
        dismiss,
        dispute,
        fine_instead_of_referral,
        joint_dissent,
        joint_silent,
        late_escalated,
        penalty_hearing,
        penalty_simple,
        penalty_on_spot,
        rectify,
        redirect,
        refer_approved,
        refer_declined,
        refer_forwarded,
        refer_refused_reconsidered,
        refer_supervised,
        refer_supplemented,
        reopen,
        return_once,
        split,
        withdraw,
    )
} | {"duplicate_of": duplicate}
