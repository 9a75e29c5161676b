"""Statute files -> checked records. The only way to the law; every other module asks here.

An unknown key, a duplicate id or a reference to nothing is an error that names file and line.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from transforms.records import CellKey
from transforms.statute.schema import Block, Form, Instrument, Row

FOLDER = Path(__file__).parent
T = TypeVar("T")
Place = tuple[int | str, ...]
_PLAIN_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")


class StatuteError(Exception):
    """A statute file is wrong. The message names file, line, what is wrong and what was allowed."""


def load_records(path: Path, kind: type[T]) -> tuple[T, ...]:
    """Read a YAML file that is a list of records of one kind. Ids must be unique within it."""
    data, lines = _parse(path)
    if not isinstance(data, list):
        _fail(path, 1, "should be a list of records ([] for none)")
    records: tuple[T, ...] = _validate(path, tuple(data), tuple[kind, ...], lines)  # type: ignore[valid-type]
    _refuse_duplicates(path, [getattr(r, "id", None) for r in records], lines)
    return records


def record_lines(path: Path) -> tuple[int, ...]:
    """The line on which each record of a list file begins."""
    data, lines = _parse(path)
    return tuple(lines[(index,)] for index in range(len(data)))


def load_record(path: Path, kind: type[T]) -> T:
    """Read a YAML file that is one record."""
    data, lines = _parse(path)
    record: T = _validate(path, data, kind, lines)
    return record


@cache
def instruments() -> dict[str, Instrument]:
    """The legal texts by id."""
    return {i.id: i for i in load_records(FOLDER / "instruments.yaml", Instrument)}


@cache
def forms() -> dict[str, Form]:
    """The statutory forms by name (`2019`, `2021`)."""
    return {form.form: form for form in map(_load_form, sorted((FOLDER / "forms").glob("*.yaml")))}


@cache
def cell_keys(form: str) -> tuple[CellKey, ...]:
    """Every numeric cell of a form, in printed order."""
    return tuple(
        CellKey(table.number, row.key, column.key)
        for table in forms()[form].tables
        for block, row in table.rows()
        for column in block.columns
    )


@cache
def cells_by_name(form: str) -> dict[str, CellKey]:
    """Every numeric cell of a form by its printed key, `3|new_received|total`."""
    return {str(key): key for key in cell_keys(form)}


@cache
def all_cell_keys() -> tuple[CellKey, ...]:
    """The union over all forms, each once, in order of first appearance by table."""
    keys = dict.fromkeys(key for form in forms() for key in cell_keys(form))
    return tuple(sorted(keys, key=lambda key: key.table_no))


def _load_form(path: Path) -> Form:
    data, lines = _parse(path)
    form: Form = _validate(path, data, Form, lines)
    if form.instrument not in instruments():
        _fail(
            path,
            lines.get(("instrument",), 1),
            f"instrument {form.instrument!r} is not in "
            f"instruments.yaml; it has {sorted(instruments())}",
        )
    for index, table in enumerate(form.tables):
        place = ("tables", index)
        keys = [(row.key, column.key) for block, row in table.rows() for column in block.columns]
        _refuse_duplicates(path, keys, {(i,): lines[place] for i in range(len(keys))})
        if table.section not in {heading.number for heading in form.sections}:
            _fail(
                path,
                lines[place],
                f"table {table.number} is in section {table.section}, which the form does not have",
            )
    return form


def _validate(path: Path, data: Any, kind: Any, lines: dict[Place, int]) -> Any:  # noqa: ANN401
    try:
        return _adapter(kind).validate_python(_freeze(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place: Place = ()
        for part in first["loc"]:  # what is not in the file (the tag of a union) is passed over
            place = (*place, part) if (*place, part) in lines else place
        where = ".".join(str(part) for part in first["loc"])
        what = f"{first['msg']} (found {first['input']!r:.60})"
        _fail(path, lines.get(place, 1), f"{where}: {what}" if where else what)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401
    """To make the one of the rules takes as long as to check them."""
    return TypeAdapter(kind)


def _freeze(data: Any) -> Any:  # noqa: ANN401
    """Lists to tuples: the records are strict and immutable."""
    if isinstance(data, list | tuple):
        return tuple(_freeze(item) for item in data)
    if isinstance(data, dict):
        return {key: _freeze(value) for key, value in data.items()}
    return data


def _refuse_duplicates(path: Path, ids: list[Any], lines: dict[Place, int]) -> None:
    seen: set[Any] = set()
    for index, record_id in enumerate(ids):
        if record_id is not None and record_id in seen:
            _fail(path, lines.get((index,), 1), f"{record_id!r} is there twice; ids are unique")
        seen.add(record_id)


def _fail(path: Path, line: int, what: str) -> NoReturn:
    raise StatuteError(
        f"{path.relative_to(FOLDER) if path.is_relative_to(FOLDER) else path}:{line}: {what}"
    )


def _parse(path: Path) -> tuple[Any, dict[Place, int]]:
    """The plain data of a YAML file, and the line of every place in it; duplicate keys refused."""
    try:
        loader = yaml.CSafeLoader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        lines: dict[Place, int] = {}
        _walk(path, root, (), lines)
        data = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        _fail(path, mark.line + 1 if mark else 1, str(error.problem))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        _fail(path, 1, f"is no text in UTF-8: {error}")
    return data, lines


def _walk(path: Path, node: yaml.Node | None, place: Place, lines: dict[Place, int]) -> None:
    if node is None:
        return
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(path, child, (*place, index), lines)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if key.value in seen:
                _fail(path, key.start_mark.line + 1, f"key {key.value!r} is there twice")
            seen.add(key.value)
            _walk(path, child, (*place, key.value), lines)
    elif isinstance(node, yaml.ScalarNode):
        _refuse_surprises(path, node)


def _refuse_surprises(path: Path, node: yaml.ScalarNode) -> None:
    """What YAML would take for another number than a person (010 is 8), and days that are none."""
    line, kind = node.start_mark.line + 1, node.tag.rpartition(":")[2]
    if kind in {"int", "float"} and not _PLAIN_NUMBER.fullmatch(node.value):
        _fail(path, line, f"{node.value} is no plain number; write it as 12 or 25.1, or in quotes")
    if kind == "timestamp":
        try:
            yaml.load(node.value, Loader=yaml.CSafeLoader)
        except ValueError as error:
            _fail(path, line, f"{node.value} is no date: {error}")


def find_row(form: Form, table_no: int, row_key: str) -> tuple[Block, Row]:
    """The row of a form and the block that gives its columns. Raises KeyError when it has none."""
    for block, row in form.table[table_no].rows():
        if row.key == row_key:
            return block, row
    raise KeyError(f"form {form.form} table {table_no} has no row {row_key}")
