"""Rule records -> SQL -> Great Expectations suites, findings, data-quality report."""
