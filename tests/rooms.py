"""Our own import-linter contract: a feature's state, pages, routes and tables are its own."""

from __future__ import annotations

from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output


class Rooms(Contract):
    """No module outside a feature imports one of its private rooms directly.

    A room is known by the last word of the name right below the feature: `orders.checkout_pages` is a room of pages,
    and so is everything in it. Import-linter's own contracts need every such module listed by hand.
    """

    type_name = "rooms"

    root: Any = fields.StringField()
    private: Any = fields.SetField(subfield=fields.StringField())
    shared: Any = fields.SetField(subfield=fields.StringField(), required=False)
    open_to: Any = fields.SetField(subfield=fields.StringField(), required=False)
    tables_open_to: Any = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every direct import of a foreign private room."""
        broken: list[tuple[str, str]] = []
        for imported in sorted(graph.modules):
            parts = imported.split(".")
            if len(parts) < 3 or parts[0] != self.root or parts[1] in (self.shared or ()):
                continue
            room = parts[2].rsplit("_", 1)[-1]
            if room not in self.private:
                continue
            feature = ".".join(parts[:2])
            allowed = {feature, *(self.open_to or ()), *(self.tables_open_to or () if room == "models" else ())}
            broken.extend(
                (importer, imported)
                for importer in sorted(graph.find_modules_that_directly_import(imported))
                if not any(importer == name or importer.startswith(f"{name}.") for name in allowed)
            )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that goes round a service."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}; call the feature's service, views or rules instead.")
