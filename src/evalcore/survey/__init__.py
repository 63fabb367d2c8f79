"""Survey statistics: weights and what they cost."""

from evalcore.survey.rake import design_effect, rake, survey_weights, weighed

__all__ = ["design_effect", "rake", "survey_weights", "weighed"]
