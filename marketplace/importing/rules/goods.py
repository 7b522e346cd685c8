"""The rows of one product put together: what the file says over what is there, and every fault by row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from marketplace.base.errors import DomainError, FieldRequired
from marketplace.base.money import read_money
from marketplace.base.quantity import read_quantity
from marketplace.base.text import Locale, Text, fold
from marketplace.catalog.commands import ProductFacts, WholeProduct, WholeVariant
from marketplace.catalog.rules import ProductStatus, Unit, unit_grams
from marketplace.importing.rules import cells
from marketplace.importing.rules.cells import NOTHING, Known
from marketplace.importing.rules.columns import BY_COLUMN, Column

T = TypeVar("T")
USUAL_GRAMS = {Unit.FRUIT: 800, Unit.DOZEN: 6000, Unit.DOZEN_OF_TWELVE: 7200}
FIELDS = {
    "name": Column.NAME, "category": Column.CATEGORY, "description": Column.DESCRIPTION, "label": Column.VARIANT,
    "unit": Column.UNIT, "price": Column.PRICE, "stock": Column.STOCK, "quantity": Column.STOCK, "step": Column.STEP,
    "minimum": Column.MINIMUM, "content": Column.CONTENT, "unit_grams": Column.WEIGHT, "lightest": Column.PIECE,
    "sale_price": Column.SALE, "tiers": Column.TIERS, "shelf_life_days": Column.LIFE, "storage": Column.STORAGE,
    "reach_hours": Column.REACH, "expected_on": Column.EXPECTED, "origin_code": Column.ORIGIN, "pictures": Column.PHOTOS,
}  # fmt: skip
"""Which column says what a form's field of this name would."""


class RowsDiffer(DomainError):
    """Two rows of one product that say different things of it."""

    code = "rows_differ"
    message = Text(
        "Khác với dòng {row} của cùng sản phẩm. Hãy ghi giống nhau, hoặc để trống ở các dòng sau.",
        "Differs from row {row} of the same product. Say the same, or leave it empty in later rows.",
    )


class SkuTwice(DomainError):
    """A code that stands in two rows."""

    code = "sku_twice"
    message = Text("Mã này đã có ở dòng {row}.", "This code stands in row {row} already.")


class SkuElsewhere(DomainError):
    """A code of goods that belong to another product."""

    code = "sku_elsewhere"
    message = Text(
        "Mã này thuộc sản phẩm khác “{name}”. Hãy tách ra, hoặc sửa mã sản phẩm.",
        "This code belongs to another product, “{name}”. Part them, or mend the product code.",
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its number there, what its cells say, and the variant that its code is known for."""

    number: int
    cells: Mapping[Column, str]
    code: str = ""


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell."""

    row: int
    column: Column | None
    error: DomainError


class Assembly:
    """Puts the rows of one product together; `faults` gathers what is wrong on the way."""

    def __init__(self, rows: Sequence[Row], before: WholeProduct | None, known: Known, decimal: Locale, now: datetime):
        self.rows, self.before, self.known, self.decimal, self.now = rows, before, known, decimal, now
        self.faults: list[CellFault] = []
        self._written = cells.write_rows(before, known, "vi", decimal) if before else []
        self._english = cells.write_rows(before, known, "en", decimal) if before else []

    def product(self) -> WholeProduct | None:
        """The product as the file wants it; None where a cell that it cannot be made without says nothing."""
        before = self.before or WholeProduct(name="", category="")
        facts, told = before.facts, self._of_product
        category = told(Column.CATEGORY, before.category, self._category, empty=None)
        attributes = self.known.attributes.get(category, ())
        goods = replace(
            before,
            name=told(Column.NAME, before.name, str, empty=None),
            category=category,
            description=told(Column.DESCRIPTION, before.description, str, empty=""),
            status=told(Column.STATUS, before.status, cells.read_status, empty=ProductStatus.ACTIVE),
            pictures=told(Column.PHOTOS, before.pictures, self._photos, empty=()),
            facts=ProductFacts(
                attributes=told(
                    Column.ATTRIBUTES,
                    facts.attributes,
                    lambda typed: cells.read_attributes(typed, attributes),
                    empty={},
                ),
                season=told(Column.SEASON, facts.season, cells.read_season, empty=0),
                shelf_life_days=told(Column.LIFE, facts.shelf_life_days, self._number(Column.LIFE), empty=None),
                storage=told(Column.STORAGE, facts.storage, str, empty=""),
                reach_hours=told(Column.REACH, facts.reach_hours, self._number(Column.REACH), empty=None),
                expected_on=told(Column.EXPECTED, facts.expected_on, cells.read_expected, empty=None),
                origin_code=told(Column.ORIGIN, facts.origin_code, self._origin, empty=None),
            ),
        )
        for column, said in ((Column.NAME, goods.name), (Column.CATEGORY, goods.category)):
            if not said and not self._at_fault(column):
                self._fault(self.rows[0], column, FieldRequired())
        variants = self._variants(before.variants)
        return None if self.faults else replace(goods, variants=variants)

    def _variants(self, before: Sequence[WholeVariant]) -> tuple[WholeVariant, ...]:
        known = {variant.code: variant for variant in before}
        told = {row.code: self._variant(row, known.get(row.code)) for row in self.rows if row.code}
        kept = [told.get(variant.code, variant) for variant in before]
        fresh = [self._variant(row, None) for row in self.rows if not row.code]
        return tuple(variant for variant in (*kept, *fresh) if variant is not None)

    def _variant(self, row: Row, before: WholeVariant | None) -> WholeVariant | None:
        blank = WholeVariant(unit=Unit.KILOGRAM, price=0, stock=0)
        now, quantity = before or blank, self._quantity
        marks = len(self.faults)

        def told(column: Column, there: T, read: Callable[[str], T], empty: Any) -> T:
            return self._told(row, column, there, read, empty=empty)

        unit = told(Column.UNIT, now.unit, cells.read_unit, None)
        step = told(Column.STEP, now.step, quantity, 1000)
        minimum = told(Column.MINIMUM, now.minimum if before else step, quantity, step)
        content = told(Column.CONTENT, now.content, cells.read_content, None)
        usual = unit_grams(unit, content, USUAL_GRAMS.get(unit, 1000))
        same = before is not None and (unit, content) == (now.unit, now.content)
        there = now.unit_grams if same else usual
        seen = told(Column.SEEN, now.stock_shown, quantity, None)
        stock = told(Column.STOCK, now.stock, quantity, None)
        if before is not None and self._cell(row, Column.STOCK) in {"", self._cell(row, Column.SEEN)}:
            # Left as it was taken out: what sold since is not written over.
            stock = now.stock
        if stock == now.stock:
            seen = now.stock
        variant = replace(
            now,
            label=told(Column.VARIANT, now.label, str, ""),
            unit=unit,
            price=told(Column.PRICE, now.price, read_money, None),
            stock=stock,
            stock_shown=seen if before else None,
            step=step,
            minimum=minimum,
            content=content,
            unit_grams=told(Column.WEIGHT, there, self._number(Column.WEIGHT), usual),
            piece=told(Column.PIECE, now.piece, cells.read_piece, None),
            sale=told(Column.SALE, now.sale, lambda typed: cells.read_sale(typed, self.now), None),
            tiers=told(Column.TIERS, now.tiers, lambda typed: cells.read_tiers(typed, self.decimal), ()),
        )
        if before is None:
            for column in (Column.UNIT, Column.PRICE, Column.STOCK):
                if not self._cell(row, column) or self._cell(row, column) in NOTHING:
                    self._fault(row, column, FieldRequired())
        if variant.piece is not None:
            variant = replace(variant, unit_grams=variant.piece.heaviest)
        return None if len(self.faults) > marks else variant

    def _of_product(self, column: Column, there: T, read: Callable[[str], T], *, empty: Any) -> T:
        """What the rows say of their product: the first that says something, which the others must not contradict."""
        saying = [row for row in self.rows if self._cell(row, column)]
        if not saying:
            return there
        first = saying[0]
        for other in saying[1:]:
            if self._cell(other, column) != self._cell(first, column):
                self._fault(other, column, RowsDiffer(row=first.number))
        return self._told(first, column, there, read, empty=empty)

    def _told(self, row: Row, column: Column, there: T, read: Callable[[str], T], *, empty: Any) -> T:
        typed = self._cell(row, column)
        if not typed or self._says_what_is(row, column, typed):
            return there
        try:
            if typed in NOTHING:
                if empty is None and BY_COLUMN[column].needed:
                    raise FieldRequired
                return empty  # type: ignore[no-any-return]
            return read(typed)
        except DomainError as error:
            self._fault(row, column, error)
            return there

    def _says_what_is(self, row: Row, column: Column, typed: str) -> bool:
        """Whether the cell is as it was taken out: some things are known more finely than a cell says them."""
        if self.before is None:
            return False
        own = [place for place, one in enumerate(self.before.variants) if one.code == row.code]
        places = own or ([0] if BY_COLUMN[column].of_product else [])
        return any(typed == rows[place].get(column) for place in places for rows in (self._written, self._english))

    def _cell(self, row: Row, column: Column) -> str:
        return row.cells.get(column, "")

    def _fault(self, row: Row, column: Column, error: DomainError) -> None:
        self.faults.append(CellFault(row.number, column, error))

    def _at_fault(self, column: Column) -> bool:
        return any(fault.column is column for fault in self.faults)

    def _quantity(self, typed: str) -> int:
        return read_quantity(typed, self.decimal)

    @staticmethod
    def _number(column: Column) -> Callable[[str], int]:
        return lambda typed: cells.read_whole_number(typed, column)

    def _photos(self, typed: str) -> Any:
        return cells.read_photos(typed, self.known)

    def _category(self, typed: str) -> str:
        bare = " ".join(fold(typed).replace(">", "›").split())
        found = self.known.categories.get(bare) or self.known.categories.get(bare.split("›")[-1].strip(), ())
        if len(found) != 1:
            near = _nearest(bare, self.known)
            hint = Text(f"Có phải “{near.vi}”?", f"Did you mean “{near.en}”?") if near else Text(
                "Hãy xem trang Danh mục của tệp mẫu.", "See the sheet of categories in the template."
            )  # fmt: skip
            raise cells.CategoryNotFound(field=Column.CATEGORY, typed=typed[:60], hint=hint)
        return found[0]

    def _origin(self, typed: str) -> str:
        bare = " ".join(fold(typed).split())
        code = bare[-6:-1] if bare.endswith(")") else bare
        if code in self.known.commune_names:
            return code
        found = self.known.communes.get(bare, "")
        if not found:
            raise cells.OriginUnknown(field=Column.ORIGIN, typed=typed[:60])
        return found


def _nearest(bare: str, known: Known) -> Text | None:
    from rapidfuzz import process

    best = process.extractOne(bare, list(known.categories), score_cutoff=72)
    slugs = known.categories[best[0]] if best else ()
    return known.category_names[slugs[0]] if slugs else None


def column_of(error: DomainError) -> Column | None:
    """Which column a refusal of the catalogue is about."""
    field = str(error.field or "")
    return Column.ATTRIBUTES if field.startswith("attribute_") else FIELDS.get(field)
