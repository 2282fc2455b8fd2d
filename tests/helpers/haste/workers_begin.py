"""What is loaded before the first process of the concurrency tests begins."""

from domain.rulebook.rulebook_reading import load_rulebook
from tests.helpers import workers

load_rulebook()
BEGUN = workers.__name__
