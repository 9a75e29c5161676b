"""Seeded reports with known truth: forms and hybrids, layouts and damages met in real reports."""

from benchmarks.generator.generate import (
    DAMAGES,
    FORMS,
    LAYOUTS,
    choose_damages,
    fits,
    generate,
    sample,
)
from benchmarks.generator.model import Expected, Generated, IdentityTruth, Kind

__all__ = [
    "DAMAGES",
    "FORMS",
    "LAYOUTS",
    "Expected",
    "Generated",
    "IdentityTruth",
    "Kind",
    "choose_damages",
    "fits",
    "generate",
    "sample",
]
