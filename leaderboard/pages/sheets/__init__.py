"""The flat tables of a board, by the name of their CSV file."""

from leaderboard.pages.sheets.about import MISSING, PROVENANCE, SUITES, WARNINGS
from leaderboard.pages.sheets.agreement import AGREEMENT, METRICS, SENSITIVITY, TAPS
from leaderboard.pages.sheets.claims import CLAIMS, PICKS, POOLED
from leaderboard.pages.sheets.measures import MEASURES
from leaderboard.pages.sheets.models import ENDS, ENDS_AT_TAPS, MODELS, MODELS_AT_TAPS
from leaderboard.pages.sheets.shapes import Column, Sheet

__all__ = ["SHEETS", "Column", "Sheet"]

SHEETS = {
    "agreement": AGREEMENT,
    "pooled": POOLED,
    "claims": CLAIMS,
    "picks": PICKS,
    "measures": MEASURES,
    "models": MODELS,
    "models_at_taps": MODELS_AT_TAPS,
    "taps": TAPS,
    "ends": ENDS,
    "ends_at_taps": ENDS_AT_TAPS,
    "metrics": METRICS,
    "sensitivity": SENSITIVITY,
    "suites": SUITES,
    "missing": MISSING,
    "warnings": WARNINGS,
    "provenance": PROVENANCE,
}
