"""The category tree, under the name the demo calls it by; an empty installation gets the same one from `migrate`."""

from __future__ import annotations

from marketplace.catalog.service import sync_reference_data as sync_categories

__all__ = ["sync_categories"]
