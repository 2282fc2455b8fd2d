"""The guards of yearly reports as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {"assessed_year_has_begun": "年度已经开始，并且有记录可以统计"}
