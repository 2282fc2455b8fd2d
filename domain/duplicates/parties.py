"""Whether two clues name one party: its number decides where both hold one, else its name.

行政处罚法第二十九条 speaks of one party. Namesakes with numbers of their own are two; a company
that changed its name, or was called by its shop's, is one.
"""

from domain.files.identifiers import credit_code, credit_code_fault, is_identity_number

SOLE_TRADER = "92"
"""How the credit code of an individual business begins: its owner has a number of his own."""
Party = tuple[str | None, str]
"""A party as a clue holds it: the key of its name (`names.company_key`) and its number."""


def party_number(written: str) -> str:
    """A credit code or identity number as it is compared; empty where it can be neither."""
    code = credit_code(written)
    return code if code and credit_code_fault(code) is None else ""


def same_party(one: Party, other: Party) -> bool | None:
    """Whether two are the same; None where only their names agree and no number says so.

    A sole trader's credit code and his identity number tell nothing of each other.
    """
    first, second = party_number(one[1]), party_number(other[1])
    if first and second and first == second:
        return True
    if one[0] is None or one[0] != other[0]:
        return False
    return False if first and second and not _trader_and_owner(first, second) else None


def _trader_and_owner(first: str, second: str) -> bool:
    persons = {is_identity_number(first), is_identity_number(second)}
    return len(persons) == 2 and any(one.startswith(SOLE_TRADER) for one in (first, second))
