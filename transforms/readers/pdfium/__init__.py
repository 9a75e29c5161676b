"""Pages of a PDF as pdfium sees them -> runs and rules."""

from typing import Any, TypeAlias

Handle: TypeAlias = Any  # an object of pdfium, which has no types of its own
