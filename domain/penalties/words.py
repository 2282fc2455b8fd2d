"""The guards of penalties as an official reads them: those that came last."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "spot_measures_are_approved": "当场采取的措施已经补办批准或者解除",
    "party_is_somebody": "填写的当事人是姓名或者单位全称",
}
