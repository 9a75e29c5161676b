"""Cells of a spreadsheet -> lines and ruled tables, for readers of workbooks and of CSV."""
