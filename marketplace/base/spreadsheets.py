"""What every workbook (XLSX) we write shares."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TEXT_STAYS_TEXT: Mapping[str, bool] = MappingProxyType(
    {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
)
"""How XlsxWriter is to take what a person typed: a name may begin with an equals sign, and is no formula."""
