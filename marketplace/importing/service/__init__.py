"""Use cases of files of goods: received, checked, applied, taken back, and taken out again."""

from marketplace.importing.service.exporting import export_batch, mend_rows
from marketplace.importing.service.reading import my_import, my_imports, state_of
from marketplace.importing.service.receiving import (
    add_rows,
    attach_photos,
    begin,
    choose_columns,
    forget_old,
    run_for_shop,
    start,
    start_undo,
    stop_matching,
)
from marketplace.importing.service.working import work_off

__all__ = [
    "add_rows",
    "attach_photos",
    "begin",
    "choose_columns",
    "export_batch",
    "forget_old",
    "mend_rows",
    "my_import",
    "my_imports",
    "run_for_shop",
    "start",
    "start_undo",
    "state_of",
    "stop_matching",
    "work_off",
]
