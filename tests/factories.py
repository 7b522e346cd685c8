"""Builders of rows for tests: each makes one thing, with believable values unless told otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from sqlmodel import Session, select

from marketplace.accounts import service as accounts
from marketplace.accounts.models import Account
from marketplace.accounts.rules import MemberRole, Role
from marketplace.accounts.views import Person
from marketplace.base import outbox
from marketplace.base.quantity import THOUSAND
from marketplace.base.text import fold, slugify
from marketplace.catalog.models import Category, Certificate, PriceAsked, Product, Sku, StockLevel
from marketplace.catalog.news import CHANGED
from marketplace.catalog.rules import CertificateKind, PieceWeight, ProductStatus, Unit, goods_amount, is_listed
from marketplace.catalog.service import categories
from marketplace.places.models import Commune, Province
from marketplace.sellers import service as sellers
from marketplace.sellers.models import Seller, SellerMember, Store
from marketplace.sellers.rules import SellerKind, SellerStatus

NOW = datetime(2026, 1, 5, 9, 7, tzinfo=UTC)
_numbers = count(1)


def make_commune(session: Session, code: str = "31117", name: str = "Phường Ninh Kiều", province: str = "92") -> str:
    """A commune with its province, unless it is there; returns its code."""
    if session.get(Province, province) is None:
        session.add(Province(code=province, name="Thành phố Cần Thơ", folded=fold("Thành phố Cần Thơ")))
        session.flush()
    if session.get(Commune, code) is None:
        session.add(
            Commune(
                code=code,
                province_code=province,
                name=name,
                folded=fold(name),
                latitude=10.03,
                longitude=105.78,
                valid_from=date(2025, 7, 1),
            )
        )
        session.flush()
    return code


def make_account(session: Session, name: str = "Nguyễn Thị Lan", phone: str | None = None) -> int:
    """An account with a phone of its own and no password; returns its id."""
    account = Account(name=name, phone=phone or f"+8491{next(_numbers):07d}", created_at=NOW)
    session.add(account)
    session.flush()
    assert account.id is not None
    return account.id


def make_person(session: Session, account_id: int, now: datetime = NOW, *, strong: bool = True) -> Person:
    """The account as it acts: signed in, with the rights it has by now; `strong` as with a second factor."""
    token = accounts.open_session(session, account_id, "test", now, strong=strong)
    return sellers.acting_person(session, token, now)


def make_staff(session: Session, role: Role = Role.PROVINCE_STAFF, commune_code: str | None = None) -> Person:
    """A signed-in person with a staff role."""
    account_id = make_account(session, "Trần Văn Minh")
    accounts.grant_role(session, account_id, role, commune_code, NOW)
    return make_person(session, account_id)


def make_seller(
    session: Session,
    name: str = "Vườn Ba Tám",
    *,
    status: SellerStatus = SellerStatus.APPROVED,
    kind: SellerKind = SellerKind.FARM,
    commune_code: str = "31117",
    owner_id: int | None = None,
) -> int:
    """A seller with its store and owner; returns its id."""
    make_commune(session, commune_code)
    seller = Seller(
        kind=kind,
        status=status,
        legal_name=f"{name} – Nguyễn Văn Tám",
        commune_code=commune_code,
        street="12 ấp Mỹ Thuận",
        phone=f"+8490{next(_numbers):07d}",
        applied_at=NOW,
    )
    session.add(seller)
    session.flush()
    assert seller.id is not None
    session.add(Store(seller_id=seller.id, slug=f"gian-hang-{seller.id}", name=name, created_at=NOW))
    session.add(SellerMember(seller_id=seller.id, account_id=owner_id or make_account(session), role=MemberRole.OWNER))
    session.flush()
    return seller.id


def make_owner(session: Session, seller_id: int) -> Person:
    """The owner of a seller, signed in."""
    contacts = sellers.seller_contacts(session, seller_id)
    return make_person(session, contacts[0].account_id)


def make_category(session: Session, name: str = "Trái cây", parent_id: int | None = None) -> int:
    """A category, unless it is there; returns its id."""
    slug = slugify(name)
    found = session.exec(select(Category).where(Category.slug == slug)).first()
    if found is not None:
        return found.id
    category = Category(slug=slug, parent_id=parent_id, name_vi=name, name_en=f"{name} (en)", icon="fruit")
    session.add(category)
    session.flush()
    categories.forget()
    return category.id


def make_certificate(
    session: Session,
    seller_id: int,
    product_id: int | None = None,
    *,
    kind: CertificateKind = CertificateKind.OCOP,
    stars: int | None = None,
    expires_on: date = date(2027, 1, 1),
) -> int:
    """A certificate of a product, or of the whole shop where none is named; returns its id."""
    certificate = Certificate(
        seller_id=seller_id,
        product_id=product_id,
        kind=kind,
        stars=stars,
        number="1/QĐ-UBND",
        issuer="UBND thành phố Cần Thơ",
        expires_on=expires_on,
        created_at=NOW,
    )
    session.add(certificate)
    outbox.announce(session, CHANGED, {"seller_id": seller_id}, NOW)
    session.flush()
    return certificate.id


def make_product(
    session: Session,
    name: str = "Xoài cát Hòa Lộc",
    *,
    seller_id: int | None = None,
    category_id: int | None = None,
    on_hand: int = 100_000,
    price: int = 65_000,
    unit: Unit = Unit.KILOGRAM,
    step: int = 500,
    minimum: int = 500,
    piece: PieceWeight | None = None,
    popularity: int = 0,
    ocop: tuple[int, date] | None = None,
    status: ProductStatus = ProductStatus.ACTIVE,
    at: datetime = NOW,
) -> Sku:
    """A product with its one stock keeping unit and stock, in the search index; by default of a new shop.

    With `piece` it is ordered in whole pieces and paid by weight, `price` a kilogram.
    """
    if piece is not None:
        step, minimum = THOUSAND, THOUSAND
    store = sellers.stores_by_seller(session, [seller_id or make_seller(session)]).popitem()[1]
    category_id = category_id or make_category(session)
    category = categories.by_id(session, category_id)
    product = Product(
        store_id=store.id,
        seller_id=store.seller_id,
        store_slug=store.slug,
        store_name=store.name,
        commune_code=store.commune_code,
        commune_name=store.commune_name,
        category_id=category_id,
        top_category_id=categories.top_of(session, category).id,
        slug=f"{slugify(name)}-{next(_numbers)}",
        name=name,
        description=f"{name} của nhà trồng.",
        status=status,
        listed=is_listed(status, seller_sells=store.selling),
        unit=unit,
        price=goods_amount(price, THOUSAND, piece),
        popularity=popularity,
        created_at=at,
        updated_at=at,
        published_at=at,
    )
    session.add(product)
    session.flush()
    if ocop:
        make_certificate(session, store.seller_id, product.id, stars=ocop[0], expires_on=ocop[1])
    sku = Sku(
        code=f"S{next(_numbers):07d}",
        product_id=product.id,
        price=price,
        unit=unit,
        step=step,
        minimum=minimum,
        unit_grams=piece.heaviest if piece else 1000,
        lightest_grams=piece.lightest if piece else None,
        heaviest_grams=piece.heaviest if piece else None,
    )
    session.add(sku)
    session.flush()
    session.add(PriceAsked(sku_id=sku.id, price=price, since=at))
    session.add(StockLevel(sku_id=sku.id, on_hand=on_hand))
    outbox.announce(session, CHANGED, {"product_ids": [product.id]}, at)
    session.flush()
    return sku
