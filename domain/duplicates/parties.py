"""Whether two clues name one party: its number decides where both hold one, else its name.

行政处罚法第二十九条 speaks of one party. Namesakes with numbers of their own are two; a company
that changed its name, or was called by its shop's, is one.
"""

from domain.duplicates.names import family_key
from domain.files.identifiers import are_two_parties, credit_code, credit_code_fault

Party = tuple[str | None, str]
"""A party as a clue holds it: the key of its name (`names.company_key`) and its number."""


def party_number(written: str) -> str:
    """A credit code or identity number as it is compared; empty where it can be neither."""
    code = credit_code(written)
    return code if code and credit_code_fault(code) is None else ""


def same_party(one: Party, other: Party) -> bool | None:
    """Whether two are the same; None where only their names agree and no number says so."""
    first, second = party_number(one[1]), party_number(other[1])
    if first and first == second:
        return True
    if one[0] is None or one[0] != other[0] or are_two_parties(first, second):
        return False
    return None


SHORTEST_FAMILY = 3
"""A shorter key begins too many names that have nothing to do with each other."""
_LAST_SIGN = "\uffff"


def party_span(key: str | None, code: str, name: str) -> dict[str, str | None]:
    """The party's own key and number, and the span of keys of its head office and branches."""
    family = family_key(name) or key or ""
    end = family + _LAST_SIGN if len(family) >= SHORTEST_FAMILY else family
    number = party_number(code) or None
    return {"subject": key, "family": family, "family_end": end, "number": number}
