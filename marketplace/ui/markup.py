"""One description of a page, two renderers: complete HTML before JavaScript, and the live Reflex page.

Content functions build nodes with `h.div(…)`, `say`, `each` and `when` from a model. Given a Reflex state var they
make Reflex components; while a `FirstView` compiles them they make the source of a Jinja template, where the model is
a `Slot`. So the live page takes over exactly what was painted, and no markup is written twice
(docs/decisions/0002-first-view.md).
"""

from __future__ import annotations

import functools
import html
import json
import operator
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import reflex as rx
from jinja2 import Environment, StrictUndefined, Template
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.inline import A

from marketplace.base.text import LOCALES, Locale, Text

Node = Any
_compiling: ContextVar[Locale | None] = ContextVar("compiling_first_view", default=None)

ENGLISH: rx.Var[bool] = rx.Var(_js_expr="(globalThis.choQueEnglish === true)", _var_type=bool)
VOID = frozenset(
    {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "path", "circle", "rect", "line", "polyline"}
)
NAMES = {"class_name": "class", "html_for": "for", "view_box": "viewBox", "custom_attrs": "", "key": ""}
JOINED = frozenset(
    {
        "src_set",
        "auto_complete",
        "input_mode",
        "tab_index",
        "col_span",
        "row_span",
        "max_length",
        "min_length",
        "read_only",
        "auto_focus",
        "cross_origin",
        "enter_key_hint",
        "fetch_priority",
        "date_time",
        "enc_type",
        "spell_check",
        "auto_capitalize",
    }
)


class Source(str):
    """A piece of template source, already safe."""

    __slots__ = ()


class Slot:
    """A value of the first view's model, by its path."""

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Slot:
        if name.startswith("__"):
            raise AttributeError(name)
        return Slot(f"{self._path}.{name}")

    def __str__(self) -> str:
        return f"{{{{ {self._path} }}}}"

    def __bool__(self) -> bool:
        raise TypeError(f"ask when({self._path}, …): its value is not known while the template compiles")


def is_live() -> bool:
    """Whether content is being built for the live app rather than for a first view's template."""
    return _compiling.get() is None


def _text(value: object) -> str:
    locale = _compiling.get() or "vi"
    if isinstance(value, Source):
        return value
    if isinstance(value, Slot):
        return str(value)
    if isinstance(value, Text):
        return _literal(value.say(locale))
    if isinstance(value, (list, tuple)):
        return "".join(_text(part) for part in value)
    return "" if value is None else _literal(str(value))


def _literal(value: str) -> str:
    escaped = html.escape(value)
    return escaped.replace("{{", "{{ '{{' }}").replace("{%", "{{ '{%' }}").replace("{#", "{{ '{#' }}")


def _attribute(name: str, value: object) -> str:
    if name.startswith("on_") or value is None or value is False:
        return ""
    if name == "custom_attrs" and isinstance(value, dict):
        return "".join(_attribute(key, inner) for key, inner in value.items())
    plain = NAMES.get(name) or (name.replace("_", "") if name in JOINED else name.replace("_", "-"))
    if value is True:
        return f" {plain}"
    return f' {plain}="{_text(value)}"'


class PlainForm(BaseHTML):  # type: ignore[misc]  # Reflex ships no types for its elements
    """A form the browser submits by itself; Reflex's own always asks a handler instead."""

    tag = "form"

    action: rx.Var[str]

    method: rx.Var[str]

    enc_type: rx.Var[str]


def _element(tag: str, *children: Node, **properties: Any) -> Node:
    if is_live():
        make = getattr(rx.el, tag)
        if tag == "form" and "on_submit" not in properties:
            make = PlainForm.create
        elif tag == "a":
            # Between public pages the next one arrives as complete HTML, painted before any app would have drawn it.
            make = A.create
        if tag == "img":
            properties = _with_dimensions(properties)
        return make(
            *(say(child) if isinstance(child, Text) else child for child in children if child is not None),
            **{name: _live_value(value) for name, value in properties.items() if value is not None},
        )
    attributes = "".join(_attribute(name, value) for name, value in properties.items() if name != "key")
    tag = tag.rstrip("_")
    if tag in VOID:
        return Source(
            f"<{tag}{attributes}>"
            if tag not in {"path", "circle", "rect", "line", "polyline"}
            else f"<{tag}{attributes}/>"
        )
    return Source(f"<{tag}{attributes}>{_text(list(children))}</{tag}>")


def _live_value(value: Any) -> Any:
    return say(value) if isinstance(value, Text) else value


def _with_dimensions(properties: dict[str, Any]) -> dict[str, Any]:
    # Reflex takes what it does not know of an element for styles.
    named = {"width": "width", "height": "height", "fetch_priority": "fetchPriority"}
    dimensions = {named[name]: value for name, value in properties.items() if name in named}
    attributes = properties.get("custom_attrs", {}) | dimensions
    return {name: value for name, value in properties.items() if name not in named} | {"custom_attrs": attributes}


class _Elements:
    """HTML elements by name: `h.div("…", class_name="…")`."""

    def __getattr__(self, tag: str) -> Callable[..., Node]:
        return partial(_element, tag)


h = _Elements()


def say(text: Text, **values: Node) -> Node:
    """A text in the reader's language; `values` may be model values."""
    locale = _compiling.get()
    if not values:
        if locale is not None:
            return Source(_literal(text.say(locale)))
        if text.vi == text.en:
            return text.vi
        english, vietnamese = (json.dumps(words, ensure_ascii=False) for words in (text.en, text.vi))
        return rx.Var(
            _js_expr=f"(globalThis.choQueEnglish ? {english} : {vietnamese})",
            _var_type=str,
        ).to(str)
    if locale is not None:
        return Source(_text(_filled(text.say(locale), values)))
    if text.vi == text.en:
        return rx.fragment(*_filled(text.vi, values))
    return rx.cond(ENGLISH, rx.fragment(*_filled(text.en, values)), rx.fragment(*_filled(text.vi, values)))


def _filled(template: str, values: dict[str, Node]) -> list[Node]:
    parts = re.split(r"\{(\w+)\}", template)
    return [values[part] if index % 2 else part for index, part in enumerate(parts) if part]


def when(condition: Any, then: Node, otherwise: Node = None) -> Node:
    """`then` where the condition of the model holds, else `otherwise`."""
    if isinstance(condition, Slot):
        tail = f"{{% else %}}{_text(otherwise)}" if otherwise is not None else ""
        return Source(f"{{% if {condition._path} %}}{_text(then)}{tail}{{% endif %}}")
    if isinstance(condition, rx.Var):
        return rx.cond(condition, _live_value(then), rx.fragment() if otherwise is None else _live_value(otherwise))
    return then if condition else otherwise


def each(items: Any, build: Callable[[Any], Node]) -> Node:
    """`build(item)` for every item of a list in the model.

    In a live page the item of an `each` hides the item of the `each` around it: an inner item brings what it needs.
    """
    if isinstance(items, Slot):
        name = "item" + str(items._path.count(".") + items._path.count("item"))
        return Source(f"{{% for {name} in {items._path} %}}{_text(build(Slot(name)))}{{% endfor %}}")
    if isinstance(items, rx.Var):
        # Reflex counts the parameters of what it is given; a component's own constructor takes any number.
        return rx.foreach(items, lambda item: build(item))  # noqa: PLW0108
    built = [build(item) for item in items]
    return rx.fragment(*built) if is_live() else Source(_text(built))


def joined(*parts: Any) -> Node:
    """One text of words of ours and of the model's, such as an address."""
    if not is_live():
        return Source(_text(parts))
    return functools.reduce(
        operator.add, (rx.Var.create(part) if isinstance(part, str) else _live_value(part) for part in parts)
    )


def filled(values: Any) -> Any:
    """The condition that a list of the model has something in it."""
    return values.to(list).length() > 0 if isinstance(values, rx.Var) else values


def initial(value: Any) -> dict[str, Any]:
    """The properties that give an uncontrolled input its first value."""
    return {"default_value": value} if is_live() else {"custom_attrs": {"value": value}}


def live_only(build: Callable[[], Node], meanwhile: Node = None) -> Node:
    """What needs the live app, and what stands in its place in the first view."""
    return build() if is_live() else Source(_text(meanwhile))


@contextmanager
def _compile_for(locale: Locale) -> Iterator[None]:
    token = _compiling.set(locale)
    try:
        yield
    finally:
        _compiling.reset(token)


_environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)


class FirstView:
    """A content function compiled once in each language; rendering costs what Jinja costs."""

    def __init__(self, build: Callable[[Any], Node]) -> None:
        self._build = build
        self._templates: dict[Locale, Template] = {}

    def source(self, locale: Locale) -> str:
        """The template's source."""
        with _compile_for(locale):
            return _text(self._build(Slot("page")))

    def render(self, locale: Locale, page: object) -> str:
        """HTML of the content for a read model."""
        if locale not in self._templates:
            self._templates[locale] = _environment.from_string(self.source(locale))
        return self._templates[locale].render(page=page)

    def prepare(self) -> None:
        """Compile every language now, so that no visitor waits for it."""
        for locale in LOCALES:
            self._templates[locale] = _environment.from_string(self.source(locale))
