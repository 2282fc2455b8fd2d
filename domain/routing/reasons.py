"""Why a clue is proposed for a department, in the words that its colleague reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.routing.learning import NOTHING, Learned, words_against, words_for
from domain.routing.matter_index import Claim, RoutingIndex

UNSURE = 0.8
"""Below this confidence the reason asks a person to check."""
SHOWN = 5
HANDLED_AS = {
    "service": "属于非监管服务事项，转办后答复，不作为违法线索核查",
    "petition": "属于信访事项，由有权处理的机关、单位办理",
    "consumer": "属于消费投诉，反映他人违法的部分另作举报",
    "report": "属于违法线索，由有权的部门核查",
}
"""What the way of handling a duty means, as it is said to the colleague."""


@dataclass(frozen=True)
class Reading:
    """A text as the index read it; `is_divided`: a second matter is named about as much.

    `by_words`: the function that the dictionary alone puts first, whatever the lessons say. `said`:
    the words of the dictionaries in it. `place`: the word that tells `home`, the area below `area`.
    """

    claims: Sequence[Claim]
    named: frozenset[str]
    area: str
    home: str
    channel: tuple[str, str] | None
    is_divided: bool
    features: tuple[str, ...] = ()
    learned: Learned = NOTHING
    by_words: str = ""
    said: frozenset[str] = frozenset()
    place: str = ""


def ground(reading: Reading, index: RoutingIndex, lead: str) -> list[str]:
    """Which words speak for which matter or duty and its department, as a letter may say it."""
    top = reading.claims[0]
    topic = index.topics[top.best.topic]
    words = "、".join(f"“{word}”" for word in top.best.words[:SHOWN])
    what, who = ("职责", "职责部门") if topic.handling else ("监管事项", "牵头部门")
    says = [f"文中{words}符合{what}“{topic.name}”，{who}为{index.departments[lead].name}"]
    if topic.handling:
        says.append(HANDLED_AS[topic.handling])
    if top.lead in reading.named:
        says.append("来件也提到该部门")
    return [*says, *_level(reading, index, lead)]


def _level(reading: Reading, index: RoutingIndex, lead: str) -> list[str]:
    """Why the department of another level: the place lies below, or has no such department."""
    area, names = index.departments[lead].area, index.competence.names
    home = names.get(reading.home, "事发地")
    where = f"“{reading.place}”属{home}" if reading.place not in ("", home) else f"事发地在{home}"
    if area == reading.home:
        return [] if area == reading.area else [f"{where}，先交当地部门"]
    lacking = f"{home}没有承担该职能的部门，由上级地区的部门承办"
    return [f"{where}，{lacking}" if reading.place else lacking]


def advice(reading: Reading, index: RoutingIndex, confidence: float) -> list[str]:
    """What the colleague should look at before he follows the proposal."""
    rest = reading.claims[1:]
    says = lessons_said(reading, index)
    if confidence < UNSURE:
        other = f"，也可能属于“{index.topics[rest[0].best.topic].name}”" if rest else ""
        says.append(f"把握不大{other}，请人工核对")
    return [*says, *hint(reading, index)]


def hint(reading: Reading, index: RoutingIndex) -> list[str]:
    """The other channel that a word hints at, with what to tell the citizen."""
    if reading.channel is None:
        return []
    key, word = reading.channel
    channel = index.channels[key]
    return [f"文中“{word}”提示可能属于{channel.label}：{channel.advice}"]


def lessons_said(reading: Reading, index: RoutingIndex) -> list[str]:
    """Why the site's own record is followed against the dictionary, with the words for and against.

    Empty where both lead to the same department.
    """
    lead = reading.claims[0].lead
    if lead == reading.by_words:
        return []
    weights = reading.learned.weights
    spoke = words_for(reading.features, lead, weights)[:SHOWN]
    against = words_against(reading.features, reading.by_words, weights)[:SHOWN]
    words = "、".join(f"“{word}”" for word in spoke or against)
    other = index.competence.find(reading.by_words, reading.home)
    what = f"含{words}的来件" if words else "同类来件"
    by_words = f"（只看词语本会推荐{index.departments[other].name}）" if other else ""
    return [f"本站以往{what}多由该部门签收{by_words}"]
