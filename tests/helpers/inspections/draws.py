"""A draw's life told in actions, over a small roster with officers of two departments."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session

from domain.lifecycle.plan import Refused
from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.door.steps import Outcome, perform
from flows.rosters.people_import import import_people
from flows.rosters.subject_import import import_subjects
from flows.site.office import Office
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.helpers.rosters import firm, keeper_at, write_csv
from tests.helpers.story import Story

USUAL = {
    "draw.freeze": "head",
    "draw.void": "supervisor",
    "draw_part.agree": "health_head",
    "draw_part.decline": "health_head",
    "draw_witness.give": "arbiter",
}
"""Who takes an action on an ordinary day; the preparer takes all others."""
FROZEN = ("draw.prepare", "draw_part.agree", "draw.freeze")


@dataclass
class DrawStory(Story):
    """A draw in a test office; `clue` is the id of its dossier."""

    def does(self, action: str, by: str = "", **form: object) -> Outcome:
        """A step as a page takes it, with all that is worked out of it."""
        self.now += timedelta(hours=1)
        self.clue = None if action == "draw.prepare" else self.clue
        chair = actor(by or USUAL.get(action, "handler"))
        found = act(self.office, self.command(action, **form), chair, self.now)
        self.clue = found.clue_id
        return found

    def refused(self, action: str, by: str = "", **form: object) -> str:
        """All reasons why a step is refused now; it has changed nothing at all."""
        before, own = snapshot(self.office), self.clue
        self.clue = None if action == "draw.prepare" else own
        chair = actor(by or USUAL.get(action, "handler"))
        try:
            act(self.office, self.command(action, **form), chair, self.now)
        except Refused as refusal:
            self.clue = own
            assert snapshot(self.office) == before
            assert all(reason.article for reason in refusal.reasons)
            return "\n".join(str(reason) for reason in refusal.reasons)
        raise AssertionError(f"{action} was not refused")

    def begins(self) -> None:
        """A draw as it is prepared, whatever the rosters hold."""
        command = self.command("draw.prepare")
        self.clue = perform(self.office, command, actor("handler"), self.now).clue_id

    def drawn(self) -> None:
        """From the preparation until both witnesses gave their numbers."""
        self.walk(*FROZEN)
        self.does("draw_witness.give")
        self.does("draw_witness.give", by="staffing", witness="韩编办", number="0931")

    def draw(self) -> Undertaking:
        """The draw's row."""
        with Session(self.office.engine) as session:
            return session.get_one(Undertaking, self.clue)


def fill_rosters(office: Office, folder: Path, firms: int = 10, tagged: int = 4) -> None:
    """Firms, the first few with a second tag, and three officers of either department."""
    both, one_only = "餐饮服务、公共场所", "餐饮服务"
    rows = [firm(one, 标签=both if one < tagged else one_only) for one in range(firms)]
    import_subjects(keeper_at(office), write_csv(folder / "s.csv", rows), "s.csv")
    where = ["示例市市场监督管理局"] * 3 + ["示例市卫生健康委员会"] * 3
    people = [
        {"姓名": f"甲{one}", "执法证号": f"M{one}", "有效期至": "2027-01-01", "所在单位": unit}
        for one, unit in enumerate(where)
    ]
    path = write_csv(folder / "p.csv", people)
    import_people(keeper_at(office, "supervisor"), path, "p.csv", "officers")
