"""Search of clues by words: every two neighbouring characters are a key, on both databases.

Chinese has no spaces to part words by, and names of two characters are the commonest search: pairs
find them without a dictionary and without an extension of the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col

from domain.files.half_width import becoming, is_ideograph
from domain.routing.word_index import plain
from domain.tables.process import Clue
from domain.tables.session import SearchGram
from flows.rows.grams import Borne, borne
from flows.rows.known_ids import Among, among_told, as_text
from flows.rows.statements import Statement, told
from flows.site.portions import put
from flows.site.store import PLAIN

LONGEST = 100
WORDS = "yisong_words"
"""In a session's own notes: what was found of the words that were looked for."""
BETWEEN = "|"
BRACKETS = str.maketrans("[]【】()（）{}", "〔〕〔〕〔〕〔〕〔〕")
SEARCHED = frozenset({"no", "outside_no", "title", "subject_name", "place"})
ADD = Statement(insert(SearchGram), "gram", "clue_id")
TAKE = Statement(
    delete(SearchGram).where(
        col(SearchGram.gram) == bindparam("gram"), col(SearchGram.clue_id) == bindparam("clue_id")
    )
)
Key = SQLColumnExpression[int | None]
"""A column with ids of clues."""
Say = Callable[[str], ColumnElement[str]]
"""How a question says a value of this name: as it is, or told when it is asked."""
Word = str | ColumnElement[str]
"""A word as `plain` makes it, or its `pattern_of`, told when a statement made once is asked."""


def grams(texts: Iterable[str]) -> set[str]:
    """Every pair of neighbours in the texts, as they are compared."""
    return {one + other for text in texts for one, other in pairwise(plain(text))}


def index_for_search(session: Session, clue: Clue) -> None:
    """Lets the clue be found by what a list shows of it."""
    _carry_out(session, ADD, clue, grams_of(clue))


def grams_of(clue: Clue) -> set[str]:
    """The pairs by which a clue is found."""
    return grams(str(getattr(clue, name) or "") for name in SEARCHED)


def index_anew(session: Session, clue: Clue, before: set[str]) -> None:
    """The same after what a list shows of it was changed; `before`: the pairs it was found by.

    Each is taken away by its whole key: by the clue alone, all pairs of all clues would be read.
    """
    now = grams_of(clue)
    _carry_out(session, TAKE, clue, before ^ now)
    _carry_out(session, ADD, clue, now - before)


def _carry_out(session: Session, statement: Statement, clue: Clue, pairs: set[str]) -> None:
    if pairs:
        session.info.pop(WORDS, None)
        rows = [{"gram": one, "clue_id": clue.id} for one in sorted(pairs)]
        put(session, statement, rows)


@dataclass(frozen=True)
class Sought:
    """A word as a question has it that is put together once: its values are told by its place.

    `pairs`: so many of its rarest pairs are looked up; none of a single sign, which is looked for
    as so many `signs` (none: as texts are compared). `by_few`: all who bear it are known.
    `reads`: pairs do not tell it all, and the text is read.
    """

    place: int
    pairs: int = 0
    signs: int = 0
    by_few: bool = False
    is_common: bool = False
    reads: bool = True


def sought(session: Session, words: str) -> tuple[tuple[Sought, ...], dict[str, str]]:
    """The words as questions have them, and the values."""
    found: list[Sought] = []
    values: dict[str, str] = {}
    for place, word in enumerate(_parted(words)):
        values[f"word_{place}"] = pattern_of(word)
        if len(word) == 1:
            # Of a Chinese character it is known which signs become one that holds it: no text is
            # made comparable, which for thousands of clues without it takes ten times as long.
            signs = (word, *becoming(word)) if is_ideograph(word) else ()
            values |= {f"sign_{place}_{n}": pattern_of(one) for n, one in enumerate(signs)}
            found.append(Sought(place, signs=len(signs)))
            continue
        known = _borne(session, word)
        few, reads = known.by, len(word) > 2
        if few is not None:
            values[f"few_{place}"] = as_text(few)
        values |= {f"pair_{place}_{n}": one for n, one in enumerate(known.pairs)}
        common = few is None and known.is_common
        found.append(Sought(place, len(known.pairs), 0, few is not None, common, reads))
    return tuple(found), values


def told_text(name: str) -> ColumnElement[str]:
    """A value that is told when the question is asked."""
    return told(name, String())


def spoken(values: Mapping[str, str]) -> Say:
    """The values themselves, for a question that is put together for them."""
    return lambda name: literal(values[name], String())


def clues_with_words(
    session: Session, words: str, key: Key | None = None, *, one_by_one: bool = False
) -> ColumnElement[bool]:
    """The condition on `Clue` under which every one of the words stands in it.

    `words` are parted by white space, and at most `LONGEST` signs of them are read; at least one
    must be there. What the condition finds still has to be narrowed to what may be seen.
    `key`: the column with the clue's id in the table that the list is read along. `one_by_one`:
    the clues are looked at in their order, however rare the words are.
    """
    found, values = sought(session, words)
    here = col(Clue.id) if key is None else key
    return clues_say(found, spoken(values), here, one_by_one=one_by_one)


def clues_say(
    words: Sequence[Sought], say: Say, key: Key, *, one_by_one: bool = False
) -> ColumnElement[bool]:
    """The same of words that are sought already."""
    return _and([_has(one, say, key, one_by_one) for one in words])


def few_with_words(session: Session, words: str) -> tuple[int, ...] | None:
    """The only clues that can bear all the words, the newest first; None where these are many."""
    known = [_borne(session, one).by for one in _parted(words) if len(one) > 1]
    few = [one for one in known if one is not None]
    if not few:
        return None
    left = set[int].intersection(*map(set, few))
    return tuple(one for one in few[0] if one in left)


def left_to_ask(words: Sequence[Sought], say: Say) -> list[ColumnElement[bool]]:
    """The conditions on `Clue` that the clues of `few_with_words` still have to meet, if any."""
    return [
        _contains(say(f"word_{one.place}")) if one.by_few else _has(one, say, col(Clue.id), False)
        for one in words
        if one.reads or not one.by_few
    ]


def rarest_pair(words: Sequence[Sought], say: Say) -> ColumnElement[str] | None:
    """A pair of the first word that has one: its rarest; None where every word is one sign."""
    return next((say(f"pair_{one.place}_0") for one in words if one.pairs), None)


@dataclass(frozen=True)
class Bearing:
    """How the clues are asked for that can bear words: all that do, as `few` are known; or the
    newest of those that bear their rarest pair, or of all clues.
    """

    knows_few: bool
    has_pair: bool


def bearing(session: Session, words: str) -> tuple[Bearing, dict[str, str]]:
    """How the bearers of words are asked for, and the values.

    Of single signs nothing is known.
    """
    few = few_with_words(session, words)
    if few is not None:
        return Bearing(knows_few=True, has_pair=False), {"few": as_text(few)}
    found, values = sought(session, words)
    place = next((one.place for one in found if one.pairs), None)
    if place is None:
        return Bearing(knows_few=False, has_pair=False), {}
    return Bearing(knows_few=False, has_pair=True), {"pair": values[f"pair_{place}_0"]}


def newest_bearers(how: Bearing, most: int) -> Select[tuple[int | None]]:
    """The newest clues that can bear the words, whose values are told: so many, or all few."""
    if how.knows_few:
        known: SQLColumnExpression[int | None] = col(Clue.id)
        return select(known).where(among_told(known, "few")).order_by(known.desc())
    key: Key = col(SearchGram.clue_id) if how.has_pair else col(Clue.id)
    query = select(key).order_by(key.desc()).limit(most)
    return query.where(col(SearchGram.gram) == told_text("pair")) if how.has_pair else query


def borne_by(words: Sequence[Sought], say: Say, key: Key) -> list[ColumnElement[bool]]:
    """What clues that bear the words must meet, told by the column with their id alone.

    A list that joins others to its rows looks at it first, and passes most rows over.
    """
    return [_looked_up(key, _pairs(one, say)) for one in words if one.pairs and not one.by_few]


def _parted(words: str) -> list[str]:
    return [one for one in map(plain, words[:LONGEST].split()) if one]


def _and(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    found = conditions[0]
    for one in conditions[1:]:
        found = found & one
    return found


def _borne(session: Session, word: str) -> Borne:
    """Of a word of two signs or more; a page asks several times."""
    known: dict[str, Borne] = session.info.setdefault(WORDS, {})
    if word not in known:
        known[word] = borne(session, sorted(grams([word])))
    return known[word]


def _pairs(word: Sought, say: Say) -> list[ColumnElement[str]]:
    return [say(f"pair_{word.place}_{number}") for number in range(word.pairs)]


def _has(word: Sought, say: Say, key: Key, one_by_one: bool) -> ColumnElement[bool]:
    if not word.pairs:
        return _has_sign(word, say)
    text = [_contains(say(f"word_{word.place}"))] if word.reads else []
    if word.by_few:
        # All pairs of 东方明 may stand apart in a text (东方…方明): the few clues found are read.
        return _and([Among(key, say(f"few_{word.place}")), *text])
    pairs = _pairs(word, say)
    if word.is_common or one_by_one:
        # The list is read along its own order then, and finds enough before it has read far.
        return _looked_up(key, pairs, *text)
    # Only the two rarest pairs are looked up: each more is one more join to plan and to go through.
    first = aliased(SearchGram)
    query = select(col(first.clue_id)).where(col(first.gram) == pairs[0])
    for neighbours in pairs[1:]:
        other = aliased(SearchGram)
        query = query.where(
            exists().where(col(other.gram) == neighbours, col(other.clue_id) == col(first.clue_id))
        )
    return _and([key.in_(query), *text])


def _has_sign(sign: Sought, say: Say) -> ColumnElement[bool]:
    if not sign.signs:
        return _contains(say(f"word_{sign.place}"))
    text = _together([getattr(Clue, name) for name in sorted(SEARCHED)])
    return or_(*(holds(text, say(f"sign_{sign.place}_{one}")) for one in range(sign.signs)))


def _looked_up(
    key: Key, pairs: Sequence[ColumnElement[str]], *others: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Looked up clue by clue: no database makes a join of it that begins with all bearers.

    One after another, what costs least first: PostgreSQL would read the text before all pairs.
    """
    asked: list[ColumnElement[bool]] = [
        select(col(SearchGram.clue_id))
        .where(col(SearchGram.gram) == pair, col(SearchGram.clue_id) == key)
        .scalar_subquery()
        .is_not(None)
        for pair in pairs
    ]
    asked += others
    found = asked[-1]
    for one in reversed(asked[:-1]):
        found = case((one, found), else_=false())
    return case((found, 1)).is_not(None)


class PlainText(FunctionElement[str]):
    """A text as words are compared: half-width, lower case, without white space."""

    type = String()
    inherit_cache = True


@compiles(PlainText, "sqlite")
def _by_our_own(element: PlainText, compiler: SQLCompiler, **options: object) -> str:
    return f"{PLAIN}({compiler.process(element.clauses, **options)})"


@compiles(PlainText, "postgresql")
def _by_unicode(element: PlainText, compiler: SQLCompiler, **options: object) -> str:
    text = compiler.process(element.clauses, **options)
    return f"lower(regexp_replace(normalize(CAST({text} AS text), NFKC), '\\s', '', 'g'))"


def _contains(word: Word) -> ColumnElement[bool]:
    return _says(_together([getattr(Clue, name) for name in sorted(SEARCHED)]), word)


def _says(text: ColumnElement[str], word: Word) -> ColumnElement[bool]:
    """Whether a text holds a word, as both are compared.

    As it stands first: to make it comparable takes ten times as long.
    """
    return or_(holds(text, word), holds(PlainText(text), word))


def holds(
    text: SQLColumnExpression[str] | SQLColumnExpression[str | None], word: Word
) -> ColumnElement[bool]:
    """The condition under which a word stands in a text as it is."""
    return text.like(pattern_of(word) if isinstance(word, str) else word, escape="\\")


def pattern_of(word: str) -> str:
    """A word as it is looked for in a text, among any other signs."""
    return f"%{whole_pattern_of(word)}%"


def whole_pattern_of(text: str) -> str:
    """A text as it is looked for with no others around it."""
    # % and _ would match anything: a searched 5% is those two signs.
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def content_has(words: str) -> ColumnElement[bool]:
    """The condition on `Clue` under which every one of the words stands in its content.

    Nothing indexes the content: the clues that other conditions leave are read.
    """
    return texts_have([col(Clue.content)], words)


def texts_have(
    columns: Sequence[SQLColumnExpression[str | None]], words: str
) -> ColumnElement[bool]:
    """The condition under which every one of the words stands in one of the columns.

    Nothing indexes them: for lists that other conditions keep short. At least one word is there.
    """
    parts = [plain(one) for one in words[:LONGEST].split()]
    return _and([columns_say(columns, one) for one in parts if one])


def columns_say(
    columns: Sequence[SQLColumnExpression[str | None]], word: Word
) -> ColumnElement[bool]:
    """The condition under which one word stands in one of the columns."""
    return _says(_together(columns), word)


def plain_number(text: str) -> str:
    """A paper's number as it is kept: half-width figures, 〔〕 around the year, no spaces."""
    return "".join(normalize("NFKC", text).split()).translate(BRACKETS)


def number_has(number: SQLColumnExpression[str | None], text: str) -> ColumnElement[bool]:
    """The condition under which a paper's number holds a text, whichever brackets it has."""
    return holds(number, plain_number(text)) if text.strip() else false()


def _together(columns: Sequence[SQLColumnExpression[str | None]]) -> ColumnElement[str]:
    # One text of all columns, parted by a sign that no word has: the function is called once.
    texts = [func.coalesce(one, "") for one in columns]
    found: ColumnElement[str] = texts[0]
    for one in texts[1:]:
        found = found.concat(BETWEEN).concat(one)
    return found
