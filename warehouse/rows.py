"""Extractions -> Arrow tables of the stored tables that extraction fills.

Tables: documents, report_rows, facts, sections, claims, signatures, texts, problems. Rows stand in
the order of the extractions, so that the same extractions give the same tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa

from transforms.bodies import body_id, county_id
from transforms.bounds import fit
from transforms.messages import problems
from transforms.records import Claim, DocumentStatus, Extraction, Report, Section
from transforms.signatures import Signature, signatures
from warehouse.arrow import Row, table_of
from warehouse.facts import facts_of


def tables_of(batch_id: str, extractions: Sequence[Extraction]) -> dict[str, pa.Table]:
    """The stored tables of some extractions; a table may have no rows.

    Raises ValueError, our bug, for an extraction that breaks what transforms/records.py promises.
    """
    fitted = [_fit(extraction) for extraction in extractions]
    reports = [item.report for item in fitted if item.report is not None]
    rows: dict[str, list[Row]] = {
        "documents": [_document(batch_id, item) for item in fitted],
        "report_rows": [_report(batch_id, report) for report in reports],
        "sections": [_section(batch_id, r, item) for r in reports for item in r.sections],
        "claims": [_claim(batch_id, r, item) for r in reports for item in r.claims],
        "signatures": [_signature(batch_id, r, item) for r in reports for item in signatures(r)],
        "texts": [_text(batch_id, item) for item in fitted if item.report is not None],
        "problems": [row for item in fitted for row in _problems(batch_id, item)],
    }
    tables = {name: table_of(name, found) for name, found in rows.items()}
    tables["facts"] = facts_of(batch_id, reports)
    return tables


def _fit(extraction: Extraction) -> Extraction:
    """The extraction, checked, with cells that can be stored."""
    report = extraction.report
    extracted = extraction.status is DocumentStatus.EXTRACTED
    if (report is not None) != extracted or (extraction.reason is None) != extracted:
        raise ValueError(
            f"{extraction.source_path}: {extraction.status} goes with a report or with a reason"
        )
    return extraction if report is None else replace(extraction, report=fit(report))


def _document(batch_id: str, extraction: Extraction) -> Row:
    reason = extraction.reason
    both = problems().both(reason.code, **dict(reason.details)) if reason else {}
    return {
        "document_id": extraction.document_id or None,
        "batch_id": batch_id,
        "source_path": extraction.source_path,
        "media_type": extraction.media_type,
        "bytes": extraction.bytes,
        "encoding": extraction.encoding,
        "status": extraction.status.value,
        "reason": both.get("zh"),
        "reason_en": both.get("en"),
        "reason_code": reason.code if reason else None,
    }


def _report(batch_id: str, report: Report) -> Row:
    identity = report.identity
    return {
        "report_id": report.report_id,
        "document_id": report.document_id,
        "batch_id": batch_id,
        "title": identity.title,
        "body_name": identity.body_name,
        "body_id": body_id(identity),
        "county_id": county_id(identity),
        "body_level": identity.body_level,
        "division_code": identity.division_code,
        "division_path": identity.division_path,
        "division_candidates": list(identity.division_candidates) or None,
        "report_year": identity.report_year,
        "form": report.form,
        "period_start": identity.period_start,
        "period_end": identity.period_end,
        "published_on": identity.published_on,
        "period_text": identity.period_text,
        "period_char_start": identity.period_char_start,
        "period_char_end": identity.period_char_end,
        "document_number": identity.document_number,
        "section_numbers": report.section_numbers,
    }


def _section(batch_id: str, report: Report, section: Section) -> Row:
    return {
        "report_id": report.report_id,
        "batch_id": batch_id,
        "section_no": section.section_no,
        "heading": section.heading,
        "text": section.text,
        "char_start": section.char_start,
        "char_end": section.char_end,
    }


def _signature(batch_id: str, report: Report, signature: Signature) -> Row:
    return {
        "report_id": report.report_id,
        "batch_id": batch_id,
        "report_year": report.identity.report_year,
        "county_id": county_id(report.identity),
        "section_no": signature.section_no,
        "bands": list(signature.bands),
        "sentences": list(signature.sentences),
    }


def _claim(batch_id: str, report: Report, claim: Claim) -> Row:
    return {
        "report_id": report.report_id,
        "batch_id": batch_id,
        "section_no": claim.section_no,
        "claim": claim.claim,
        "value": claim.value,
        "unit": claim.unit,
        "sentence": claim.sentence,
        "char_start": claim.char_start,
        "char_end": claim.char_end,
        "year": claim.year,
        "qualifier": claim.qualifier,
        "part_of": claim.part_of,
        "part_complete": claim.part_complete,
    }


def _text(batch_id: str, extraction: Extraction) -> Row:
    return {
        "document_id": extraction.document_id,
        "batch_id": batch_id,
        "text": extraction.text,
    }


def _problems(batch_id: str, extraction: Extraction) -> Iterable[Row]:
    """Why there is no report, and what could not be read of one."""
    report = extraction.report
    reason = () if extraction.reason is None else (extraction.reason,)
    for number, problem in enumerate((*reason, *(report.problems if report else ())), 1):
        both = problems().both(problem.code, **dict(problem.details))
        yield {
            "batch_id": batch_id,
            "source_path": extraction.source_path,
            "problem_no": number,
            "document_id": extraction.document_id or None,
            "report_id": report.report_id if report else None,
            "code": problem.code,
            "place": problem.place,
            "message_zh": both["zh"],
            "message_en": both["en"],
        }
