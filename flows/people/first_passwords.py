"""First passwords: made by the program, copied once from paper by whoever gets them."""

import secrets

PIECES, PIECE = 4, 4
EASY = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs that nobody takes for one another when he copies them from paper."""


def first_password() -> str:
    """A password to be copied once: four groups of signs that are easily told apart."""
    groups = ["".join(secrets.choice(EASY) for _ in range(PIECE)) for _ in range(PIECES)]
    return "-".join(groups)
