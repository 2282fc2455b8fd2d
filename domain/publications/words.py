"""The guards and conditions of publications as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "body_fits_the_kind": "按种类填写了事项、计划、衔接事项或者正文",
    "rows_are_complete": "事项、计划的必要各列都已填写，设定依据写明条款",
    "borders_are_complete": "每个衔接事项的边界、责任单位、协作方式都已填写",
    "year_is_told": "年度计划写明年度",
    "partners_are_others": "配合部门不包括本部门",
    "partners_are_named": "写明了配合部门",
    "no_partners_are_named": "没有配合部门",
    "arbiter_fits_the_question": "协调机关与争议事项相符",
    "a_ruling_was_made": "协调机关已经提出意见",
    "opinion_is_overdue": "答复期限已经届满",
    "it_is_for_everybody": "是向社会公布的种类",
    "it_is_for_those_asked": "是不向社会公布的种类",
    "it_is_filed_where_it_must": "须备案的已经备案",
}
CONDITIONS: Mapping[str, str] = {
    "plan_made_by_end_of_march": "年度计划，本地规定三月底前制定",
    "plan_published_by_end_of_april": "年度计划，本地规定四月底前备案并公布",
    "plan_entered_by_20_march": "年度计划，本地规定三月二十日前制定并录入平台",
    "has_items": "内容为事项清单",
    "has_a_plan": "内容为计划",
    "has_a_text": "内容为正文或者衔接事项",
    "last_opinion_and_all_agree": "意见都已收齐，没有不同意见",
    "last_opinion_and_some_object": "意见都已收齐，有不同意见",
}
