"""Reading sellers and stores."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from marketplace.accounts.views import Person
from marketplace.base.errors import NotFound
from marketplace.places import service as places
from marketplace.places.views import CommuneView
from marketplace.sellers.models import Seller, SellerMember, Store
from marketplace.sellers.rules import MemberRole, SellerKind, SellerStatus, ShopTheme
from marketplace.sellers.views import SellerView, StoreHome, StoreView


def store_by_slug(session: Session, slug: str) -> StoreView:
    """An open shop by its address; raises NotFound, for a shop that may not sell too."""
    found = _stores(session, col(Store.slug) == slug, col(Seller.status) == SellerStatus.APPROVED)
    if not found:
        raise NotFound
    return found[0]


def stores_by_ids(session: Session, store_ids: Collection[int]) -> dict[int, StoreView]:
    """Shops by their id, open or not; unknown ones are left out."""
    return {store.id: store for store in _stores(session, col(Store.id).in_(store_ids))} if store_ids else {}


def stores_by_seller(session: Session, seller_ids: Collection[int]) -> dict[int, StoreView]:
    """Shops by their seller's id, open or not; unknown ones are left out."""
    if not seller_ids:
        return {}
    return {store.seller_id: store for store in _stores(session, col(Store.seller_id).in_(seller_ids))}


def homes_of_stores(session: Session) -> list[StoreHome]:
    """Where every shop that may sell sends its goods from."""
    rows = session.execute(
        select(col(Store.seller_id), col(Store.slug), col(Seller.commune_code))
        .join(Seller, col(Seller.id) == col(Store.seller_id))
        .where(col(Seller.status) == SellerStatus.APPROVED)
    )
    return [StoreHome(row.seller_id, row.slug, row.commune_code) for row in rows]


def kinds_of(session: Session, seller_ids: Collection[int]) -> dict[int, str]:
    """The legal form of sellers, by id."""
    rows = session.execute(select(col(Seller.id), col(Seller.kind)).where(col(Seller.id).in_(seller_ids)))
    return {row.id: SellerKind(row.kind).value for row in rows}


def may_sell(session: Session, seller_id: int) -> bool:
    """Whether a seller may conclude contracts now; waits for a decision on it that is just being made."""
    status = session.exec(select(Seller.status).where(Seller.id == seller_id).with_for_update(read=True)).first()
    return status == SellerStatus.APPROVED


def _stores(session: Session, *which: ColumnElement[bool]) -> list[StoreView]:
    statement = select(Store, Seller).join(Seller, col(Seller.id) == col(Store.seller_id)).where(*which)
    rows = session.exec(statement).all()
    communes = places.communes(session, {seller.commune_code for _, seller in rows})
    return [_store_view(store, seller, communes.get(seller.commune_code)) for store, seller in rows]


def _store_view(store: Store, seller: Seller, commune: CommuneView | None) -> StoreView:
    return StoreView(
        id=store.id or 0,
        seller_id=store.seller_id,
        slug=store.slug,
        name=store.name,
        kind=SellerKind(seller.kind),
        story=store.story,
        portrait=store.portrait,
        legal_name=seller.legal_name,
        tax_code=seller.tax_code,
        street=seller.street,
        commune_code=seller.commune_code,
        # A commune that was merged away since is no longer among those in force.
        commune_name=commune.name if commune else "",
        province_code=commune.province_code if commune else "",
        province_name=commune.province if commune else "",
        phone=seller.phone,
        selling=SellerStatus(seller.status) is SellerStatus.APPROVED,
        acceptance_hours=seller.acceptance_hours,
        accepts_automatically=seller.accepts_automatically,
        banner=store.banner,
        theme=ShopTheme(store.theme),
        opening=tuple((hours[0], hours[1]) if hours else None for hours in store.opening),
        delivery_days=store.delivery_days,
        position=None if store.latitude is None or store.longitude is None else (store.latitude, store.longitude),
        centroid=(commune.latitude, commune.longitude) if commune else None,
        followers=store.followers,
        rating_count=store.rating_count,
        rating_sum=store.rating_sum,
    )


def seller_of(session: Session, person: Person, seller_id: int | None = None) -> SellerView:
    """The seller the person works for: the named one, else the one it owns, else the first.

    Raises NotSignedIn, or NotFound for a seller of others as for none.
    """
    account_id = person.require_account()
    statement = (
        select(Seller, Store, SellerMember.role)
        .join(SellerMember, col(SellerMember.seller_id) == col(Seller.id))
        .join(Store, col(Store.seller_id) == col(Seller.id))
        .where(SellerMember.account_id == account_id)
        .order_by((col(SellerMember.role) == MemberRole.OWNER).desc(), col(Seller.id))
        .limit(1)
    )
    if seller_id is not None:
        statement = statement.where(Seller.id == seller_id)
    row = session.exec(statement).first()
    if row is None:
        raise NotFound
    seller, store, role = row
    return seller_view(seller, store, MemberRole(role))


def seller_view(seller: Seller, store: Store, role: MemberRole) -> SellerView:
    """A seller's row as its people see it."""
    return SellerView(
        id=seller.id or 0,
        kind=SellerKind(seller.kind),
        status=SellerStatus(seller.status),
        legal_name=seller.legal_name,
        tax_code=seller.tax_code,
        street=seller.street,
        commune_code=seller.commune_code,
        phone=seller.phone,
        acceptance_hours=seller.acceptance_hours,
        accepts_automatically=seller.accepts_automatically,
        decision_reason=seller.decision_reason,
        store_id=store.id or 0,
        store_slug=store.slug,
        store_name=store.name,
        role=role,
        asked=tuple(seller.asked),
    )
