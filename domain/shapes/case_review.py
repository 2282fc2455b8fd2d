"""The shape of `config/case_review.yaml`: what the review of a case file looks at."""

from domain.shapes.entries import Record, Strings


class ReviewItem(Record):
    """One item of the checklist, with its articles.

    It is answered from the record where it can be: `documents` of which one has to be there,
    `served` whose service has to be on record; `when` are those of which one makes it apply. An
    item with neither is answered by who reads the file. `mend`: PROCESS.ACTION that makes it good.
    """

    group: str
    says: str
    basis: Strings
    documents: Strings = ()
    served: Strings = ()
    when: Strings = ()
    mend: str = ""
