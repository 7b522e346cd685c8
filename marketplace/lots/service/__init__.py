"""Use cases of lots: entering and correcting them, packing of them, calling them back, their passports."""

from marketplace.lots.service.entering import add_lot, add_test, attach_document, change_lot, switch_lot
from marketplace.lots.service.keeping import close_for_recall, note_packed, recallable_lot
from marketplace.lots.service.labels import label_of
from marketplace.lots.service.passport import passport
from marketplace.lots.service.reading import (
    corrections_of,
    lots_to_pack,
    my_lot,
    my_lots,
    tags,
    tests_of,
)

__all__ = [
    "add_lot",
    "add_test",
    "attach_document",
    "change_lot",
    "close_for_recall",
    "corrections_of",
    "label_of",
    "lots_to_pack",
    "my_lot",
    "my_lots",
    "note_packed",
    "passport",
    "recallable_lot",
    "switch_lot",
    "tags",
    "tests_of",
]
