"""Measures of the product: a generator of reports with known truth, accuracy, speed."""
