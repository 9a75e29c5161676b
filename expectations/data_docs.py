"""Great Expectations' Data Docs of one run -> pages that need no network and no script.

Its own pages load styles, scripts and pictures from elsewhere and its index is empty without them.
Kept is what it says of each suite; around it stand a style sheet and an index of our own.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.messages import Messages

_FOLDER = Path(__file__).parent
_DROPPED = "script, style, link, img, svg, nav, input, button, iframe, [data-toggle=collapse]"
_MARKS = {"fa-check-circle": "✓ ", "fa-times": "✗ ", "fa-exclamation-triangle": "! "}


def write_data_docs(context: Any, outcomes: Sequence[Mapping[str, Any]], folder: Path) -> None:  # noqa: ANN401
    """Build the docs of a context that ran one checkpoint; a page a suite, and index.html.

    `outcomes` are the results as plain data, one a suite.
    """
    (site,) = context.build_data_docs().values()
    root = Path(site.removeprefix("file://")).parent
    for page in sorted((root / "validations").rglob("*.html")):
        suite = page.relative_to(root / "validations").parts[0]
        text = _page(suite, _sections(page.read_text(encoding="utf-8")))
        (folder / f"{suite}.html").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(_index(outcomes), encoding="utf-8")


def _sections(page: str) -> str:
    """What the page says, without anything that loads or runs."""
    tree = LexborHTMLParser(page)
    for icon in tree.css("i"):
        mark = next((m for name, m in _MARKS.items() if name in _classes(icon)), "")
        icon.replace_with(mark)
    for node in tree.css(_DROPPED):
        node.decompose()
    tree.unwrap_tags(["a"])
    for node in tree.css("*"):
        for name in [*node.attributes]:
            if name not in {"id", "class", "colspan", "rowspan", "hidden"}:
                del node.attrs[name]
    return "\n".join(section.html or "" for section in tree.css("div.ge-section"))


def _classes(node: LexborNode) -> str:
    return node.attributes.get("class") or ""


def _index(outcomes: Iterable[Mapping[str, Any]]) -> str:
    """The suites with how many of their expectations hold."""
    head = "".join(f"<th>{_said(key)}</th>" for key in ("suite", "expectations", "met", "unmet"))
    rows = "".join(
        f'<tr><td><a href="{name}.html">{name}</a></td>'
        + "".join(f"<td>{outcome['statistics'][key]}</td>" for key in _STATISTICS)
        + "</tr>"
        for outcome in sorted(outcomes, key=lambda one: str(one["suite_name"]))
        for name in [html.escape(str(outcome["suite_name"]))]
    )
    return _page("", f"<p>{_said('intro')}</p><table><tr>{head}</tr>{rows}</table>")


_STATISTICS = ("evaluated_expectations", "successful_expectations", "unsuccessful_expectations")


def _page(suite: str, body: str) -> str:
    title = f"{_said('title')} {html.escape(suite)}".rstrip()
    back = f'<p><a href="index.html">{_said("all_suites")}</a></p>' if suite else ""
    style = (_FOLDER / "data_docs.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{style}</style></head>"
        f"<body><h1>{title}</h1>{back}{body}</body></html>\n"
    )


def _said(key: str) -> str:
    said = _messages().both(key)
    return html.escape(f"{said['zh']} / {said['en']}")


@cache
def _messages() -> Messages:
    return Messages(_FOLDER / "data_docs.yaml")
