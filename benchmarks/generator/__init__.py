"""Seeded reports with known truth: forms and hybrids, layouts and damages met in real reports."""

from benchmarks.generator.generate import (
    DAMAGES,
    FORMS,
    LAYOUTS,
    choose_damages,
    fits,
    generate,
    lay_out,
    sample,
    write_report,
)
from benchmarks.generator.model import Expected, Generated, IdentityTruth, Kind, Manuscript

__all__ = [
    "DAMAGES",
    "FORMS",
    "LAYOUTS",
    "Expected",
    "Generated",
    "IdentityTruth",
    "Kind",
    "Manuscript",
    "choose_damages",
    "fits",
    "generate",
    "lay_out",
    "sample",
    "write_report",
]
