"""The pages, a folder per chair or subject; the application finds them by itself.

May import every other room of this floor but `api`; no subject imports the pages of another.

A module has a `router` and, for the menu, `MENU = (Entry(label, path, group, roles, order), …)`.
A page takes `desk: AtDesk` (who, where, when, with what to read), perhaps
`Depends(needs("supervisor"))`, and ends with `page(desk.request, "x.html", …)`. Every clue comes
from `flows.people.visible_clues`: `seen_clue(…)` for one, `visible(…)` in every list.
"""
