"""Live state of a product's variants: what each costs, sale and wholesale prices, their order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints

from marketplace.base import clock, db
from marketplace.base.errors import DomainError, FieldRequired, NotFound
from marketplace.base.inputs import Payload, Problems, parse
from marketplace.base.money import read_money
from marketplace.base.quantity import read_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import service
from marketplace.catalog.commands import VariantDraft
from marketplace.catalog.rules import (
    WIDEST,
    PieceInvalid,
    PieceWeight,
    Sale,
    SaleInvalid,
    StockMoved,
    Tier,
    TiersInvalid,
    Unit,
    read_weight,
    unit_grams,
)
from marketplace.catalog.state import USUAL_GRAMS, Option, measure_options, read_content, unit_options
from marketplace.catalog.views import OwnProduct, OwnVariant
from marketplace.ui.live import Live, answering, plain

SAVED = Text("Đã lưu loại {label}.", "Saved: {label}.")

Short = Annotated[str, StringConstraints(max_length=20)]


@dataclass(frozen=True, slots=True)
class VariantsPage:
    """A product's variants, and the form of one when it is open; `drawn` counts fresh drawings of it."""

    product: OwnProduct = field(default_factory=OwnProduct)
    units: tuple[Option, ...] = ()
    measures: tuple[Option, ...] = ()
    open: bool = False
    fresh: bool = False
    variant: OwnVariant = field(default_factory=OwnVariant)
    stock_shown: str = ""
    drawn: int = 0


class VariantChosen(Payload):
    """Which variant, and where it goes."""

    sku: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    places: Annotated[int, Field(ge=-1, le=1)] = 0


class VariantForm(Payload):
    """What the form of a variant sends, as typed."""

    label: str = ""
    unit: Annotated[str, StringConstraints(max_length=16)] = ""
    price: Short = ""
    content: Annotated[str, StringConstraints(max_length=12)] = ""
    content_measure: Annotated[str, StringConstraints(max_length=16)] = ""
    lightest: Short = ""
    heaviest: Short = ""
    stock: Short = ""
    stock_shown: Short = ""
    step: Short = "1"
    minimum: Short = "1"
    sale_price: Short = ""
    sale_since: Short = ""
    sale_until: Short = ""
    tier_quantity_1: Short = ""
    tier_price_1: Short = ""
    tier_quantity_2: Short = ""
    tier_price_2: Short = ""
    tier_quantity_3: Short = ""
    tier_price_3: Short = ""

    def typed_tiers(self) -> list[tuple[str, str]]:
        """Wholesale prices as typed, those left empty left out."""
        rows = [
            (self.tier_quantity_1, self.tier_price_1),
            (self.tier_quantity_2, self.tier_price_2),
            (self.tier_quantity_3, self.tier_price_3),
        ]
        return [row for row in rows if row[0].strip() or row[1].strip()]


def read_variant(form: VariantForm, locale: Locale, now: datetime) -> VariantDraft:
    """A form as a draft; raises what stands in the way, each with its field."""
    problems = Problems()
    numbers: dict[str, int] = {}

    def quantity(typed: str) -> int:
        return read_quantity(typed, locale)

    for name, typed, read in (
        ("price", form.price, read_money),
        ("stock", form.stock, quantity),
        ("step", form.step or "1", quantity),
        ("minimum", form.minimum or form.step or "1", quantity),
    ):
        try:
            if not typed.strip():
                raise FieldRequired
            numbers[name] = read(typed)
        except DomainError as error:
            error.field = name
            problems.found.append(error)
    content, piece, sale = None, None, None
    tiers: tuple[Tier, ...] = ()
    with problems.noting():
        content = read_content(form.content, form.content_measure)
    with problems.noting():
        piece = _read_piece(form)
    with problems.noting():
        sale = _read_sale(form, now)
    with problems.noting():
        tiers = tuple(_read_tier(typed, price, locale) for typed, price in form.typed_tiers())
    if form.unit not in set(Unit):
        problems.found.append(FieldRequired(field="unit"))
    problems.refuse()
    unit = Unit(form.unit)
    return VariantDraft(
        label=form.label.strip(),
        unit=unit,
        content=content,
        unit_grams=unit_grams(unit, content, USUAL_GRAMS.get(unit, 1000)),
        piece=piece,
        sale=sale,
        tiers=tiers,
        **numbers,
    )


def _read_piece(form: VariantForm) -> PieceWeight | None:
    """What a piece weighs, as typed; nothing where nothing was. Raises PieceInvalid."""
    if not form.lightest.strip() and not form.heaviest.strip():
        return None
    try:
        return PieceWeight(read_weight(form.lightest), read_weight(form.heaviest))
    except DomainError:
        raise PieceInvalid(field="lightest", widest=WIDEST) from None


def _read_sale(form: VariantForm, now: datetime) -> Sale | None:
    if not form.sale_price.strip():
        return None
    try:
        price = read_money(form.sale_price)
        # Without a beginning it begins now.
        since = clock.read_local(form.sale_since) if form.sale_since.strip() else now
        return Sale(price, since, clock.read_local(form.sale_until))
    except ValueError:
        raise SaleInvalid(field="sale_price", days=120) from None
    except DomainError as error:
        error.field = "sale_price"
        raise


def _read_tier(typed: str, price: str, locale: Locale) -> Tier:
    try:
        return Tier(read_quantity(typed, locale), read_money(price))
    except DomainError:
        raise TiersInvalid(field="tiers") from None


class VariantsState(Live, rx.State):
    """A product's variants; what is being typed stays in the browser until it is saved."""

    page: VariantsPage = VariantsPage()

    @answering
    async def load(self) -> Any:
        """Open the list of the product in the address."""
        person = await self._enter()
        address = self.router.url.path.removeprefix("/seller/products/").removesuffix("/variants").strip("/")
        try:
            await self._look(int(address) if address.isascii() and address.isdigit() else 0, VariantsPage())
        except NotFound:
            return rx.redirect("/seller/start" if not person.seller_ids else "/seller/products")
        except DomainError:
            return rx.redirect("/account/sign-in?next=/seller/products")
        self.path = self._here()
        return None

    @answering
    async def add(self) -> None:
        """Open an empty form, filled with what the last variant shares."""
        page = plain(self.page)
        last = page.product.variants[-1] if page.product.variants else OwnVariant()
        empty = OwnVariant(
            unit=last.unit, step_text=last.step_text, minimum_text=last.minimum_text,
            tiers=service.typed_tiers((), self._locale()),
        )  # fmt: skip
        self.page = replace(page, open=True, fresh=True, variant=empty, stock_shown="", drawn=page.drawn + 1)

    @answering
    async def edit(self, sku: str) -> None:
        """Open the form of a variant."""
        page, chosen = plain(self.page), parse(VariantChosen, {"sku": sku})
        found = next((one for one in page.product.variants if one.sku == chosen.sku), None)
        if found is None:
            raise NotFound
        self.page = replace(
            page, open=True, fresh=False, variant=found, stock_shown=found.on_hand_text, drawn=page.drawn + 1
        )

    @answering
    async def close(self) -> None:
        """Leave the form unsaved."""
        self.page = replace(plain(self.page), open=False)

    @answering
    async def save(self, form: dict[str, Any]) -> None:
        """Save the variant in the form."""
        person, locale, page, now = await self._person(), self._locale(), plain(self.page), clock.now()
        sent = parse(VariantForm, form)
        draft = read_variant(sent, locale, now)
        product_id = page.product.id
        if page.fresh:
            await db.writing(service.add_variant, person, product_id, draft, now)
        else:
            shown = read_quantity(sent.stock_shown or sent.stock, locale)
            try:
                await db.writing(
                    service.change_variant, person, product_id, page.variant.sku, draft, now, stock_shown=shown
                )
            except StockMoved:
                await self._look(product_id, page)
                moved = next(one for one in self.page.product.variants if one.sku == page.variant.sku)
                self.page = replace(plain(self.page), stock_shown=moved.on_hand_text)
                raise
        await self._look(product_id, replace(page, open=False))
        self.notice = SAVED.say(locale, label=draft.label or page.product.name)

    @answering
    async def switch(self, sku: str) -> None:
        """Let a variant rest, or offer it again."""
        chosen, product_id = parse(VariantChosen, {"sku": sku}), self.page.product.id
        await db.writing(service.switch_variant, await self._person(), product_id, chosen.sku, clock.now())
        await self._look(product_id, plain(self.page))

    @answering
    async def move(self, sku: str, places: int) -> None:
        """Put a variant further on or back; the first one stands for the product in lists."""
        chosen, product_id = parse(VariantChosen, {"sku": sku, "places": places}), self.page.product.id
        person = await self._person()
        await db.writing(service.move_variant, person, product_id, chosen.sku, chosen.places, clock.now())
        await self._look(product_id, plain(self.page))

    async def _look(self, product_id: int, page: VariantsPage) -> None:
        locale = self._locale()
        product = await db.reading(service.my_product, await self._person(), product_id, locale)
        self.page = replace(page, product=product, units=unit_options(locale), measures=measure_options(locale))
