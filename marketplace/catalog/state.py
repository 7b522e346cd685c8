"""Live state of a seller's goods."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any

import reflex as rx
from pydantic import Field, StringConstraints
from sqlmodel import Session

from marketplace.base import clock, db, media
from marketplace.base.crypto import new_code
from marketplace.base.errors import DomainError, FieldRequired, NotFound
from marketplace.base.inputs import Payload, Problems, parse
from marketplace.base.money import read_money
from marketplace.base.quantity import read_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import service
from marketplace.catalog.commands import ProductDescription, ProductDraft, ProductFacts
from marketplace.catalog.reckoning import ReckonsEarnings
from marketplace.catalog.rules import (
    LONGEST_LIFE_DAYS,
    LONGEST_REACH_HOURS,
    MEASURE_LABELS,
    MONTHS,
    UNIT_LABELS,
    Content,
    ContentInvalid,
    ExpectedInvalid,
    FactsInvalid,
    GoodsShown,
    Measure,
    ProductStatus,
    StockMoved,
    Unit,
    move_within,
    season_mask,
    unit_grams,
)
from marketplace.catalog.views import GoodsCounts, OwnProduct, RemovedPicture
from marketplace.places import service as places
from marketplace.sellers import service as sellers
from marketplace.ui.live import Live, answering, looking_again, plain

SAVED = Text("Đã lưu.", "Saved.")
PRICE_SAVED = Text("Đã lưu giá {price}.", "Price saved: {price}.")
STOCK_SAVED = Text("Đã lưu tồn kho {stock} {unit}.", "Stock saved: {stock} {unit}.")
ON_SALE = Text("Đã đăng bán. Khách tìm thấy ngay trên chợ.", "On sale. Shoppers find it on the market right away.")
KEPT = Text(
    "Đã lưu. Hàng tự lên chợ khi gian hàng được duyệt.", "Saved. It goes on sale by itself once the shop is approved."
)
PAUSED = Text("Đã tạm ngưng. Khách không còn thấy món này.", "Paused. Shoppers no longer see it.")
RESUMED = Text("Đã bán lại.", "On sale again.")
USUAL_GRAMS = {Unit.FRUIT: 800, Unit.DOZEN: 6000, Unit.DOZEN_OF_TWELVE: 7200}
KEY_LETTERS = 16
TO_THE_FRONT = -1000
ATTRIBUTE = "attribute_"
"""Names of inputs of attributes begin so."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick in a form."""

    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An input of the list that is saved by itself: the figure the seller saw, and what became of what was typed.

    `offer` is what was typed over a figure that had moved, to be saved all the same; `drawn` counts fresh drawings.
    """

    shown: str = ""
    said: str = ""
    wrong: str = ""
    offer: str = ""
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A product in the list, its price and stock at hand."""

    product: OwnProduct = field(default_factory=OwnProduct)
    price: Entry = field(default_factory=Entry)
    stock: Entry = field(default_factory=Entry)


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """The list of goods; `drawn` counts fresh drawings of it, since an input keeps what it was first drawn with."""

    store_name: str = ""
    selling: bool = False
    show: str = ""
    drawn: int = 0
    rows: tuple[Row, ...] = ()
    more: int = 0
    counts: GoodsCounts = field(default_factory=GoodsCounts)


@dataclass(frozen=True, slots=True)
class EditPage:
    """A product's form, empty for a new one.

    `stock_shown` is the figure the seller last saw; `drawn` counts fresh drawings of the form.
    """

    product: OwnProduct = field(default_factory=OwnProduct)
    fresh: bool = True
    selling: bool = False
    store_name: str = ""
    units: tuple[Option, ...] = ()
    measures: tuple[Option, ...] = ()
    categories: tuple[Option, ...] = ()
    origins: tuple[Option, ...] = ()
    stock_shown: str = ""
    drawn: int = 0


Id = Annotated[int, Field(ge=1, lt=2**53)]


class ProductChosen(Payload):
    """Which product of the list."""

    product_id: Id


class CategoryChosen(Payload):
    """A category picked in the form."""

    slug: Annotated[str, StringConstraints(max_length=80)] = ""


class PictureChosen(Payload):
    """Which photo, and where it goes."""

    picture_id: Id
    places: Annotated[int, Field(ge=TO_THE_FRONT, le=-TO_THE_FRONT)] = 0


class Typed(Payload):
    """What was typed into a small input."""

    typed: Annotated[str, StringConstraints(max_length=100)] = ""


class ProductForm(Payload):
    """What the form sends, as typed."""

    name: str = ""
    category: Annotated[str, StringConstraints(max_length=80)] = ""
    unit: Annotated[str, StringConstraints(max_length=16)] = ""
    price: Annotated[str, StringConstraints(max_length=20)] = ""
    stock: Annotated[str, StringConstraints(max_length=20)] = ""
    stock_shown: Annotated[str, StringConstraints(max_length=20)] = ""
    step: Annotated[str, StringConstraints(max_length=20)] = "1"
    minimum: Annotated[str, StringConstraints(max_length=20)] = "1"
    content: Annotated[str, StringConstraints(max_length=12)] = ""
    content_measure: Annotated[str, StringConstraints(max_length=16)] = ""
    description: str = ""
    shelf_life_days: Annotated[str, StringConstraints(max_length=10)] = ""
    storage: str = ""
    reach_hours: Annotated[str, StringConstraints(max_length=10)] = ""
    expected_on: Annotated[str, StringConstraints(max_length=10)] = ""
    origin_code: Annotated[str, StringConstraints(max_length=5)] = ""
    creation_key: Annotated[str, StringConstraints(max_length=32)] = ""


def read_facts(form: ProductForm, sent: Mapping[str, object]) -> ProductFacts:
    """What a form tells of goods beside their price; raises what stands in the way, each with its field."""
    problems = Problems()
    numbers: dict[str, int | None] = {"shelf_life_days": None, "reach_hours": None}
    for name, typed in (("shelf_life_days", form.shelf_life_days), ("reach_hours", form.reach_hours)):
        if typed.strip():
            with problems.noting():
                numbers[name] = _whole(typed, name)
    expected_on = None
    if form.expected_on.strip():
        try:
            expected_on = date.fromisoformat(form.expected_on.strip())
        except ValueError:
            problems.found.append(ExpectedInvalid(field="expected_on"))
    problems.refuse()
    attributes = {
        name.removeprefix(ATTRIBUTE): parse(Typed, {"typed": value}).typed
        for name, value in sent.items()
        if name.startswith(ATTRIBUTE)
    }
    return ProductFacts(
        attributes=attributes,
        season=season_mask(month for month in MONTHS if sent.get(f"month_{month}")),
        storage=form.storage,
        expected_on=expected_on,
        origin_code=form.origin_code or None,
        shelf_life_days=numbers["shelf_life_days"],
        reach_hours=numbers["reach_hours"],
    )


def _whole(typed: str, field: str) -> int:
    bare = typed.strip()
    if not (bare.isascii() and bare.isdigit()):
        raise FactsInvalid(
            field=field, highest=LONGEST_LIFE_DAYS if field == "shelf_life_days" else LONGEST_REACH_HOURS
        )
    return int(bare)


def read_content(typed: str, measure: str) -> Content | None:
    """What is in one unit, as typed; nothing where nothing was. Raises ContentInvalid."""
    if not typed.strip():
        return None
    bare = typed.strip().replace(".", "")
    if not (bare.isascii() and bare.isdigit()) or measure not in set(Measure):
        raise ContentInvalid(field="content")
    return Content(int(bare), Measure(measure))


def read_draft(form: ProductForm, locale: Locale) -> ProductDraft:
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
    chosen = {"unit": form.unit in set(Unit), "category": form.category, "name": form.name.strip()}
    problems.found.extend(FieldRequired(field=name) for name, given in chosen.items() if not given)
    problems.refuse()
    unit = Unit(form.unit)
    content = read_content(form.content, form.content_measure)
    return ProductDraft(
        name=form.name,
        category=form.category,
        unit=unit,
        price=numbers["price"],
        stock=numbers["stock"],
        step=numbers["step"],
        minimum=numbers["minimum"],
        description=form.description,
        unit_grams=unit_grams(unit, content, USUAL_GRAMS.get(unit, 1000)),
        content=content,
    )


class GoodsState(Live, rx.State):
    """The list of a shop's goods."""

    page: GoodsPage = GoodsPage()
    q: str = ""

    @answering
    async def load(self) -> Any:
        """Open the list under the heading in the address; those without a shop are led to open one."""
        person = await self._enter()
        try:
            seller = await db.reading(sellers.seller_of, person)
        except DomainError:
            return rx.redirect("/seller/start")
        self.q = ""
        page = GoodsPage(seller.store_name, seller.selling, drawn=self.page.drawn)
        await self._look(page, self.router.url.query_parameters.get("show", ""))
        self.path = self._here()
        return None

    @answering
    async def show_only(self, show: str) -> None:
        """Look at the goods under one heading."""
        await self._look(plain(self.page), show)

    @answering
    async def find(self, typed: str) -> None:
        """Look for goods by their names while the person types."""
        self.q = parse(Typed, {"typed": typed}).typed
        await self._look(plain(self.page), self.page.show)

    @answering
    async def show_more(self) -> None:
        """Add the next goods to the list."""
        page = plain(self.page)
        person, locale = await self._person(), self._locale()
        found = await db.reading_slowly(
            service.my_products, person, locale, show=GoodsShown(page.show), q=self.q, before=page.more or None
        )
        self.page = replace(
            page, rows=page.rows + _rows(found.goods, page.drawn), more=found.older_than, counts=found.counts
        )

    @answering
    async def switch(self, product_id: int) -> None:
        """Pause what is on sale, or put what is paused on sale."""
        row = self._row(product_id)
        await _switch(await self._person(), row.product, self._locale())
        await self._redraw(replace(row, product=await self._product(row)))

    @answering
    async def set_price(self, product_id: int, typed: str) -> None:
        """Change a price from the list."""
        row, locale = self._row(product_id), self._locale()
        entry = row.price
        try:
            price, shown = read_money(parse(Typed, {"typed": typed}).typed), read_money(entry.shown)
            if price != shown:
                await db.writing(service.set_price, await self._person(), row.product.id, price, clock.now())
            product = await self._product(row)
        except DomainError as error:
            await self._redraw(replace(row, price=replace(entry, said="", wrong=error.say(locale))))
        else:
            said = PRICE_SAVED.say(locale, price=product.price_text) if price != shown else entry.said
            entry = Entry(product.price_typed, said, drawn=self._next())
            await self._redraw(replace(row, product=product, price=entry))

    @answering
    async def set_stock(self, product_id: int, typed: str) -> None:
        """Change what is in stock from the list; left as it was drawn, nothing happens."""
        row, typed = self._row(product_id), parse(Typed, {"typed": typed}).typed.strip()
        # The question whether to save it all the same stands until another figure is typed or the answer is given.
        if not row.stock.offer or typed != row.stock.offer:
            await self._save_stock(row, typed)

    @answering
    async def set_stock_anyway(self, product_id: int) -> None:
        """Save the figure typed over one that had moved."""
        row = self._row(product_id)
        if row.stock.offer:
            await self._save_stock(row, row.stock.offer)

    async def _save_stock(self, row: Row, typed: str) -> None:
        locale, entry = self._locale(), row.stock
        try:
            quantity, shown = read_quantity(typed, locale), read_quantity(entry.shown, locale)
            if quantity != shown:
                person = await self._person()
                await db.writing(service.set_stock, person, row.product.id, quantity, clock.now(), shown=shown)
            product = await self._product(row)
        except StockMoved as error:
            shown_now = (await self._product(row)).on_hand_text
            entry = replace(entry, shown=shown_now, said="", wrong=error.say(locale), offer=typed)
            await self._redraw(replace(row, stock=entry))
        except DomainError as error:
            await self._redraw(replace(row, stock=replace(entry, said="", wrong=error.say(locale), offer="")))
        else:
            said = STOCK_SAVED.say(locale, stock=product.on_hand_text, unit=product.unit_text)
            entry = Entry(product.on_hand_text, said if quantity != shown else entry.said, drawn=self._next())
            await self._redraw(replace(row, product=product, stock=entry))

    def _next(self) -> int:
        page = plain(self.page)
        self.page = replace(page, drawn=page.drawn + 1)
        return page.drawn + 1

    def _row(self, product_id: object) -> Row:
        wanted = parse(ProductChosen, {"product_id": product_id}).product_id
        found = next((row for row in self.page.rows if row.product.id == wanted), None)
        if found is None:
            raise NotFound
        return found

    async def _product(self, row: Row) -> OwnProduct:
        return await db.reading(service.my_product, await self._person(), row.product.id, self._locale())

    async def _redraw(self, changed: Row) -> None:
        """Only this row: what is being typed into the others stays."""
        page = plain(self.page)
        rows = tuple(changed if row.product.id == changed.product.id else row for row in page.rows)
        counts = (await db.reading(service.my_products, await self._person(), self._locale(), limit=1)).counts
        self.page = replace(page, rows=rows, counts=counts)

    async def _look(self, page: GoodsPage, show: str) -> None:
        chosen = next((known for known in GoodsShown if known.value == show), GoodsShown.ALL)
        person, locale = await self._person(), self._locale()
        found = await db.reading_slowly(service.my_products, person, locale, show=chosen, q=self.q)
        drawn = page.drawn + 1
        self.page = replace(
            page,
            show=chosen.value,
            drawn=drawn,
            rows=_rows(found.goods, drawn),
            more=found.older_than,
            counts=found.counts,
        )


class EditState(ReckonsEarnings, rx.State):
    """A product's form; what was typed stays in the browser until it is saved."""

    page: EditPage = EditPage()
    can_put_back: bool = False
    _removed: RemovedPicture | None = None
    _made: int = 0

    @answering
    async def load(self) -> Any:
        """Open the form for the product in the address, or an empty one."""
        person = await self._enter()
        address = self.router.url.path.removeprefix("/seller/products/").strip("/")
        self._forget_picture()
        try:
            await self._draw(int(address) if address.isascii() and address.isdigit() else 0)
        except NotFound:
            return rx.redirect("/seller/start" if not person.seller_ids else "/seller/products")
        except DomainError:
            return rx.redirect("/account/sign-in?next=/seller/products/new")
        if self._made and self._made == self.page.product.id:
            self.notice = (ON_SALE if self.page.selling else KEPT).say(self._locale())
        self._made = 0
        self.path = self._here()
        return None

    @answering
    async def save(self, form: dict[str, Any]) -> Any:
        """Save the form; a new product goes on sale, and its photos follow from its own page."""
        person, locale = await self._person(), self._locale()
        sent = parse(ProductForm, form)
        facts = read_facts(sent, form)
        if self.page.product.others:
            # What its variants cost has a page of its own.
            told = ProductDescription(name=sent.name, category=sent.category, description=sent.description, facts=facts)
            await db.writing(service.describe_product, person, self.page.product.id, told, clock.now())
            await self._draw(self.page.product.id)
            self.notice = SAVED.say(locale)
            return None
        draft = replace(read_draft(sent, locale), facts=facts)
        if self.page.fresh:
            key = sent.creation_key or None
            self._made = await db.writing(service.create_product, person, draft, clock.now(), creation_key=key)
            return rx.redirect(f"/seller/products/{self._made}")
        product_id = self.page.product.id
        shown = read_quantity(sent.stock_shown or sent.stock, locale)
        try:
            await db.writing(service.update_product, person, product_id, draft, clock.now(), stock_shown=shown)
        except StockMoved:
            # Saved once more, what was typed counts: by then the seller has seen the new figure.
            now = await db.reading(service.my_product, person, product_id, locale)
            self.page = replace(plain(self.page), stock_shown=now.on_hand_text)
            raise
        await self._draw(product_id)
        self.notice = SAVED.say(locale)
        return None

    @answering
    async def choose_category(self, slug: str) -> None:
        """Ask for what the goods of this category have; what stands in the form is kept."""
        chosen, locale = parse(CategoryChosen, {"slug": slug}).slug, self._locale()
        page = plain(self.page)
        known = {one.name.removeprefix("attribute_"): one.value for one in page.product.attributes}
        fields = await db.reading(service.attribute_fields, chosen, known, locale)
        self.page = replace(page, product=replace(page.product, attributes=fields))

    @answering
    async def switch(self) -> None:
        """Pause what is on sale, or put what is paused on sale; what stands in the form is kept unsaved."""
        locale = self._locale()
        target = await _switch(await self._person(), plain(self.page.product), locale)
        now = await db.reading(service.my_product, await self._person(), self.page.product.id, locale)
        page = plain(self.page)
        changed = replace(page.product, status=now.status, status_text=now.status_text, listed=now.listed)
        self.page = replace(page, product=changed)
        self.notice = (PAUSED if target is ProductStatus.PAUSED else RESUMED).say(locale)

    @looking_again
    async def refresh(self) -> None:
        """A photo has arrived."""
        await self._look_at_pictures()

    @answering
    async def move_picture(self, picture_id: int, places: int) -> None:
        """Put a photo further on or back; the first one is the product's face."""
        chosen = parse(PictureChosen, {"picture_id": picture_id, "places": places})
        order = [picture.id for picture in self.page.product.pictures]
        wanted = move_within(order, chosen.picture_id, chosen.places)
        person = await self._person()
        try:
            await db.writing(service.arrange_pictures, person, self.page.product.id, wanted, clock.now())
        finally:
            await self._look_at_pictures()

    @answering
    async def remove_picture(self, picture_id: int) -> None:
        """Take a photo away; it can be put back until something else is done."""
        chosen = parse(PictureChosen, {"picture_id": picture_id})
        person, product_id = await self._person(), self.page.product.id
        try:
            removed = await db.writing(service.remove_picture, person, product_id, chosen.picture_id, clock.now())
            await asyncio.to_thread(media.hold, removed.picture.key)
            self._removed = removed
            self.can_put_back = True
        finally:
            await self._look_at_pictures()

    @answering
    async def put_back(self) -> None:
        """Undo taking a photo away."""
        removed, product_id = self._removed, self.page.product.id
        self._forget_picture()
        if removed is not None:
            await db.writing(service.put_back_picture, await self._person(), product_id, plain(removed), clock.now())
        await self._look_at_pictures()

    def _forget_picture(self) -> None:
        self._removed, self.can_put_back = None, False

    async def _look_at_pictures(self) -> None:
        """Only the photos: what stands in the form, and the figure it was drawn with, stay."""
        now = await db.reading(service.my_product, await self._person(), self.page.product.id, self._locale())
        page = plain(self.page)
        self.page = replace(page, product=replace(page.product, pictures=now.pictures, picture=now.picture))

    async def _draw(self, product_id: int) -> None:
        locale, person, drawn = self._locale(), await self._person(), self.page.drawn + 1

        def look(session: Session) -> EditPage:
            seller = sellers.seller_of(session, person)
            product = (
                service.my_product(session, person, product_id, locale)
                if product_id
                else OwnProduct(creation_key=new_code(KEY_LETTERS), season=service.calendar_of(0, locale))
            )
            return EditPage(
                product,
                not product_id,
                seller.selling,
                seller.store_name,
                unit_options(locale),
                measure_options(locale),
                tuple(Option(*path) for path in service.named_paths(session, locale)),
                _origins(session, seller.commune_code),
                product.on_hand_text,
                drawn,
            )

        self.page = await db.reading(look)
        product = self.page.product
        self._begin_reckoning(
            price=product.price_typed,
            unit=product.unit or self.page.units[0].value,
            content=product.content_typed,
            content_measure=product.content_measure or self.page.measures[0].value,
            weighed=product.weights_text,
        )


async def _switch(person: Any, product: OwnProduct, locale: Locale) -> ProductStatus:
    now = await db.reading(service.my_product, person, product.id, locale)
    target = ProductStatus.PAUSED if now.status == ProductStatus.ACTIVE else ProductStatus.ACTIVE
    await db.writing(service.set_status, person, product.id, target, clock.now())
    return target


def _rows(goods: tuple[OwnProduct, ...], drawn: int) -> tuple[Row, ...]:
    return tuple(
        Row(product, Entry(product.price_typed, drawn=drawn), Entry(product.on_hand_text, drawn=drawn))
        for product in goods
    )


def unit_options(locale: Locale) -> tuple[Option, ...]:
    """Units to sell by."""
    return tuple(Option(unit.value, UNIT_LABELS[unit].say(locale)) for unit in Unit)


def measure_options(locale: Locale) -> tuple[Option, ...]:
    """What a unit's content may be counted in."""
    return tuple(Option(measure.value, MEASURE_LABELS[measure].say(locale)) for measure in Measure)


def _origins(session: Session, commune: str) -> tuple[Option, ...]:
    """The communes of the shop's province, and that goods come from where the shop is."""
    province = places.commune(session, commune).province_code
    return tuple(Option(place.code, place.name) for place in places.communes_of(session, province))
