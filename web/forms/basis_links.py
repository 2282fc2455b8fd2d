"""Links that put an article into a form: they work without scripts and keep what was typed."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from domain.lookup.legal_basis import Offer
from web.forms.browser_form import PREFIX


def basis_links(
    url: str, values: Mapping[str, object], offers: Iterable[Offer]
) -> dict[tuple[str, str], str]:
    """The address of the form with an article added to its field, by field and article; one that
    was sought takes the place of the words that found it.

    None for an article that stands there, and none at all while the form holds rows, which an
    address cannot carry.
    """
    typed = {name: one for name, one in values.items() if one not in (None, "", [], {})}
    if any(not _carries(one) for one in typed.values()):
        return {}
    found: dict[tuple[str, str], str] = {}
    for one in offers:
        before = str(typed.get(one.field) or "").rstrip().removesuffix(one.instead).rstrip("、")
        if one.text not in before:
            text = f"{before}、{one.text}" if before else one.text
            query = {PREFIX + name: value for name, value in {**typed, one.field: text}.items()}
            found[one.field, one.text] = f"{url}?{urlencode(query, doseq=True)}"
    return found


def _carries(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(one, str) for one in value)
    return not isinstance(value, Mapping)
