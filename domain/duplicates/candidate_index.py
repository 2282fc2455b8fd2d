"""Fingerprints kept in memory, found as the store finds them."""

from collections import Counter, defaultdict

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.matching import CANDIDATES, COMMON, EXACT


class CandidateIndex:
    """Fingerprints in memory, found as the store finds them: by equal keys that are not common."""

    def __init__(self) -> None:
        self._all: list[Fingerprint] = []
        self._by_key: defaultdict[tuple[str, str] | int, list[int]] = defaultdict(list)

    def add(self, one: Fingerprint) -> None:
        """Let later clues find this one; of a common exact key only the latest are kept."""
        for key in one.exact_keys:
            places = self._by_key[key]
            places.append(len(self._all))
            del places[:-COMMON]
        for band in one.bands:
            if len(places := self._by_key[band]) <= COMMON:
                places.append(len(self._all))
        self._all.append(one)

    def candidates(self, target: Fingerprint) -> tuple[Fingerprint, ...]:
        """The clues that share keys with the target, those first that share most."""
        shared: Counter[int] = Counter()
        for key in target.exact_keys:
            for place in self._by_key.get(key, ()):
                shared[place] += EXACT
        for band in target.bands:
            if len(places := self._by_key.get(band, ())) <= COMMON:
                shared.update(places)
        return tuple(self._all[place] for place, _ in shared.most_common(CANDIDATES))
