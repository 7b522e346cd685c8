"""Live state of a seller's goods."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import reflex as rx
from pydantic import BaseModel, StringConstraints
from sqlmodel import Session

from marketplace.base import clock, db
from marketplace.base.errors import DomainError, FieldRequired, InputInvalid, NotFound
from marketplace.base.inputs import Problems, parse
from marketplace.base.quantity import read_quantity
from marketplace.base.text import Locale, Text
from marketplace.catalog import service
from marketplace.catalog.commands import ProductDraft
from marketplace.catalog.rules import UNIT_LABELS, ProductStatus, Unit
from marketplace.catalog.views import OwnProduct
from marketplace.sellers import service as sellers
from marketplace.ui.live import Live, answering

SAVED = Text("Đã lưu.", "Saved.")
USUAL_GRAMS = {Unit.GRAM: 1, Unit.BOX: 1000, Unit.BAG: 1000, Unit.FRUIT: 800, Unit.DOZEN: 6000}


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick in a form."""

    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class GoodsPage:
    """The list of goods."""

    store_name: str = ""
    selling: bool = False
    goods: tuple[OwnProduct, ...] = ()


@dataclass(frozen=True, slots=True)
class EditPage:
    """A product's form, empty for a new one."""

    product: OwnProduct = field(default_factory=OwnProduct)
    fresh: bool = True
    units: tuple[Option, ...] = ()
    categories: tuple[Option, ...] = ()


class ProductForm(BaseModel):
    """What the form sends, as typed."""

    name: str = ""
    category: Annotated[str, StringConstraints(max_length=80)] = ""
    unit: Annotated[str, StringConstraints(max_length=16)] = ""
    price: Annotated[str, StringConstraints(max_length=20)] = ""
    stock: Annotated[str, StringConstraints(max_length=20)] = ""
    step: Annotated[str, StringConstraints(max_length=20)] = "1"
    minimum: Annotated[str, StringConstraints(max_length=20)] = "1"
    description: str = ""


def read_dong(typed: str) -> int:
    """A price as sellers type it: `65000`, `65.000`, `65,000`, `65k`; raises InputInvalid."""
    bare = typed.strip().lower().replace(" ", "").removesuffix("₫").removesuffix("đ")
    thousands = bare.endswith("k")
    digits = bare.removesuffix("k").replace(".", "").replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise InputInvalid(field="price")
    return int(digits) * (1000 if thousands else 1)


def read_draft(form: ProductForm) -> ProductDraft:
    """A form as a draft; raises what stands in the way, each with its field."""
    problems = Problems()
    numbers: dict[str, int] = {}
    for name, typed, read in (
        ("price", form.price, read_dong),
        ("stock", form.stock, read_quantity),
        ("step", form.step or "1", read_quantity),
        ("minimum", form.minimum or form.step or "1", read_quantity),
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
    return ProductDraft(
        name=form.name,
        category=form.category,
        unit=unit,
        price=numbers["price"],
        stock=numbers["stock"],
        step=numbers["step"],
        minimum=numbers["minimum"],
        description=form.description,
        unit_grams=USUAL_GRAMS.get(unit, 1000),
    )


class GoodsState(Live, rx.State):
    """The list of a shop's goods."""

    page: GoodsPage = GoodsPage()

    @answering
    async def load(self) -> Any:
        """Open the list; those without a shop are led to open one."""
        person = await self._enter()
        try:
            seller = await db.reading(sellers.seller_of, person)
        except DomainError:
            return rx.redirect("/seller/start")
        goods = await db.reading(service.my_products, person, self._locale())
        self.page = GoodsPage(seller.store_name, seller.selling, goods)
        self.path = self._here()
        return None

    @answering
    async def switch(self, product_id: int) -> None:
        """Pause what is on sale, or put what is paused on sale."""
        person = await self._person()
        product = await db.reading(service.my_product, person, int(product_id), self._locale())
        target = ProductStatus.PAUSED if product.status == ProductStatus.ACTIVE else ProductStatus.ACTIVE
        await db.writing(service.set_status, person, product.id, target, clock.now())
        await self._look()

    @answering
    async def set_stock(self, product_id: int, typed: str) -> None:
        """Set what is in stock from the list."""
        person = await self._person()
        product = await db.reading(service.my_product, person, int(product_id), self._locale())
        if str(typed).strip() != product.on_hand_text:
            await db.writing(service.set_stock, person, product.id, read_quantity(str(typed)), clock.now())
        await self._look()

    async def _look(self) -> None:
        goods = await db.reading(service.my_products, await self._person(), self._locale())
        self.page = GoodsPage(self.page.store_name, self.page.selling, goods)


class EditState(Live, rx.State):
    """A product's form; what was typed stays in the browser until it is saved."""

    page: EditPage = EditPage()

    @answering
    async def load(self) -> Any:
        """Open the form for the product in the address, or an empty one."""
        person = await self._enter()
        address = self.router.url.path.removeprefix("/seller/products/").strip("/")
        try:
            await db.reading(sellers.seller_of, person)
            self.page = await self._form(int(address) if address.isascii() and address.isdigit() else 0)
        except NotFound:
            return rx.redirect("/seller/start" if not person.seller_ids else "/seller/products")
        except DomainError:
            return rx.redirect("/account/sign-in?next=/seller/products/new")
        self.path = self._here()
        return None

    @answering
    async def save(self, form: dict[str, Any]) -> Any:
        """Save the form: a new product goes on sale and asks for its photo."""
        person = await self._person()
        draft = read_draft(parse(ProductForm, form))
        if self.page.fresh:
            product_id = await db.writing(service.create_product, person, draft, clock.now())
            return rx.redirect(f"/seller/products/{product_id}")
        await db.writing(service.update_product, person, self.page.product.id, draft, clock.now())
        self.page = await self._form(self.page.product.id)
        self.notice = SAVED.say(self._locale())
        return None

    @answering
    async def refresh(self) -> None:
        """A photo has arrived."""
        self.page = await self._form(self.page.product.id)

    @answering
    async def remove_picture(self, picture_id: int) -> None:
        """Take a photo away."""
        await db.writing(
            service.remove_picture, await self._person(), self.page.product.id, int(picture_id), clock.now()
        )
        self.page = await self._form(self.page.product.id)

    async def _form(self, product_id: int) -> EditPage:
        locale = self._locale()
        person = await self._person()

        def look(session: Session) -> EditPage:
            product = service.my_product(session, person, product_id, locale) if product_id else OwnProduct()
            return EditPage(product, not product_id, _units(locale), _categories(session, locale))

        return await db.reading(look)


def _units(locale: Locale) -> tuple[Option, ...]:
    return tuple(Option(unit.value, UNIT_LABELS[unit].say(locale)) for unit in Unit)


def _categories(session: Session, locale: Locale) -> tuple[Option, ...]:
    found = []
    for top in service.tree(session, locale):
        found.append(Option(top.slug, top.name))
        found.extend(Option(child.slug, f"{top.name} › {child.name}") for child in top.children)
    return tuple(found)
