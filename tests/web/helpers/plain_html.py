"""Whatever a strict content policy would refuse, and tables nobody can follow."""

from html.parser import HTMLParser


class PlainHtml(HTMLParser):
    """Reads a page and notes what must not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.tables = self.captions = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes one tag."""
        names = dict(attrs)
        self.refused += [f"{tag} {one}" for one in names if one == "style" or one.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.refused.append(tag)
        if tag == "th" and "scope" not in names:
            self.refused.append("th without scope")
        if tag in {"input", "select"} and names.get("type") not in {"hidden", "radio", "checkbox"}:
            self.labelled += (
                [] if names.get("aria-label") else [names.get("id") or f"{tag} without id"]
            )
        if "id" in names:
            self.ids.append(names["id"] or "")
        # A table of a form's rows stands in a fieldset whose legend names it.
        self.tables += tag == "table" and "rows-table" not in (names.get("class") or "")
        self.captions += tag == "caption"


def complaints(text: str) -> list[str]:
    """Everything that is wrong with a page."""
    found = PlainHtml()
    found.feed(text)
    wrong = list(found.refused)
    wrong += [f"{one} twice" for one in set(found.ids) if found.ids.count(one) > 1]
    wrong += [f"{one} without label" for one in found.labelled if f'for="{one}"' not in text]
    wrong += ["table without caption"] if found.tables != found.captions else []
    return wrong
