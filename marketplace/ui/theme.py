"""Colours, type and component classes: Tailwind v4 and the CSS of daisyUI, without Radix Themes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from reflex_base.constants.base import Dirs
from reflex_base.plugins.tailwind_v4 import Constants, TailwindV4Plugin

DAISYUI = "daisyui@5.8.1"
AXE = "axe-core@4.14.1"
STYLES = Path(__file__).with_name("theme.css")


def _root_style(_plugins_own: str) -> str:
    return STYLES.read_text("utf-8")


@dataclasses.dataclass
class ThemePlugin(TailwindV4Plugin):
    """Puts our root stylesheet in place."""

    def get_frontend_development_dependencies(self, **context: Any) -> list[str]:
        """Tailwind and daisyUI for the build, axe-core for the tests of the built pages."""
        return [*super().get_frontend_development_dependencies(**context), DAISYUI, AXE]

    def pre_compile(self, **context: Any) -> None:
        """Write our stylesheet over the plugin's."""
        super().pre_compile(**context)  # type: ignore[no-untyped-call]  # as Reflex ships it
        context["add_modify_task"](str(Path(Dirs.STYLES) / Constants.ROOT_STYLE_PATH), _root_style)
