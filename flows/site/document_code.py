"""Whether the row of a document is still what its code was derived from."""

from documents.facts.codes import Identity, derive_code
from domain.tables.record import IssuedDocument
from flows.site.office import Office


def fits_its_code(office: Office, row: IssuedDocument) -> bool:
    """Whether number, organ, moment and facts are those that the document's code was made of."""
    identity = Identity(
        organ=row.organ,
        kind=row.kind,
        number=row.number,
        issued_at=row.issued_at,
        clue_id=row.clue_id,
        process=f"{row.process_kind}-{row.process_id}",
        template_sha256=row.template_sha256,
        facts=row.facts,
    )
    return not row.code or row.code == derive_code(identity, office.keys.verify)
