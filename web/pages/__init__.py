"""The pages, one module per subject; the application finds them by itself.

A module has a `router` and, for the menu, `MENU = (Entry(label, path, group, roles, order), …)`.
A page takes `desk: AtDesk` (who, where, when, with what to read), perhaps
`Depends(needs("supervisor"))`, and ends with `page(desk.request, "x.html", …)`. Every clue comes
from `flows.people.visible_clues`: `seen_clue(…)` for one, `visible(…)` in every list.
"""
