"""Fills an empty database with a whole small marketplace, in one transaction: all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from marketplace.accounts import service as accounts
from marketplace.accounts.models import Account, RoleGrant, SecondFactor
from marketplace.accounts.rules import MemberRole
from marketplace.base import outbox
from marketplace.base.clock import local_date
from marketplace.base.crypto import READABLE, hash_password
from marketplace.base.media import StoredPicture
from marketplace.base.models import Transition
from marketplace.base.quantity import THOUSAND
from marketplace.base.text import NOTHING
from marketplace.baskets.models import Basket, BasketLine
from marketplace.catalog.models import (
    Category,
    Certificate,
    PriceAsked,
    Product,
    ProductPicture,
    Sku,
    StockHold,
    StockLevel,
    StoreSection,
    StoreSectionProduct,
)
from marketplace.catalog.news import CHANGED
from marketplace.catalog.rules import (
    HEAVIEST_GRAMS,
    MOST_VARIANTS,
    Prices,
    ProductStatus,
    goods_amount,
    is_listed,
    piece_label,
    unit_price,
)
from marketplace.contracts.models import Contract, ContractEvent
from marketplace.delivery.models import (
    ClosedDays,
    DeliveryCommune,
    DeliveryMethod,
    DeliveryTerms,
    PickupPoint,
    PickupRun,
    PickupWindow,
    RunMember,
    RunStop,
)
from marketplace.delivery.rules import MethodKind, Tariff, Zone
from marketplace.demo import calendar, people
from marketplace.demo.accounts import DEMO_ACCOUNTS, PASSWORD, SECOND_FACTOR_SECRET, DemoAccount, are_here
from marketplace.demo.catalogue import (
    Goods,
    Namer,
    Offer,
    Variation,
    certificates_for,
    dealt,
    expected_on,
    prices_for,
    shop_certificates,
    stock_on_hand,
    vary,
)
from marketplace.demo.categories import sync_categories
from marketplace.demo.delivering import write_delivery, write_run
from marketplace.demo.facts import tell
from marketplace.demo.figures import write_figures
from marketplace.demo.goods import THEMES
from marketplace.demo.history import Buyer, History, Shop, Way, record
from marketplace.demo.lots import Book
from marketplace.demo.pictures import MOST, Composition, banner, compositions, portrait, store_all
from marketplace.demo.reviews import Reviews
from marketplace.demo.rows import Writer
from marketplace.demo.sellers import DemoSeller, invent
from marketplace.demo.storefronts import looks_of, write_certificates, write_followers, write_sections
from marketplace.ledger.models import LedgerEntry, LedgerTransaction
from marketplace.lots.models import Lot, LotTest
from marketplace.orders.models import OrderCharge, OrderLine, Purchase, RecallNotice, SellerOrder
from marketplace.payments.models import Payment
from marketplace.places import service as places
from marketplace.places.models import Province
from marketplace.places.views import CommuneView
from marketplace.reviews.models import Review, ReviewAnswer, ReviewPhoto, ReviewReport
from marketplace.sellers.models import Follow, Seller, SellerMember, Store
from marketplace.sellers.rules import REGISTERED, SellerKind, SellerStatus, banks, holder_of
from marketplace.settings import settings
from marketplace.statistics.models import OutsideFigure
from marketplace.statistics.service import sync_indicators

TABLES: tuple[type[SQLModel], ...] = (
    Account,
    RoleGrant,
    SecondFactor,
    Seller,
    SellerMember,
    Store,
    DeliveryMethod,
    DeliveryCommune,
    DeliveryTerms,
    ClosedDays,
    PickupPoint,
    PickupWindow,
    PickupRun,
    RunStop,
    RunMember,
    Product,
    ProductPicture,
    Certificate,
    Sku,
    PriceAsked,
    StockLevel,
    Lot,
    LotTest,
    Basket,
    BasketLine,
    Purchase,
    SellerOrder,
    OrderLine,
    OrderCharge,
    RecallNotice,
    Payment,
    LedgerTransaction,
    LedgerEntry,
    StockHold,
    Contract,
    ContractEvent,
    OutsideFigure,
    Transition,
    StoreSection,
    StoreSectionProduct,
    Follow,
    Review,
    ReviewPhoto,
    ReviewAnswer,
    ReviewReport,
)
"""What is written, from what is referred to down to what refers."""

MUST_BE_EMPTY = (Account, Seller, Product, Basket, Purchase, OutsideFigure)
FAR_PROVINCES = ("79", "01", "80", "82", "91", "96")
"""Where buyers outside the province live: the large cities and the neighbours."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to write. `pictures` bounds how many different ones are composed."""

    sellers: int
    products: int
    orders: int
    seed: int
    now: datetime
    pictures: int = MOST
    beside_others: bool = False
    """Whether it may be written beside what the database holds already."""


class NotEmpty(Exception):
    """The database holds something already; demo data would mix with it."""

    def __init__(self, table: str) -> None:
        super().__init__(f"the table {table} is not empty")
        self.table = table


class HereAlready(Exception):
    """The database has the demo data already; a second time there would be two of everybody."""


def check_empty(session: Session) -> None:
    """Raise NotEmpty unless nobody has used this database yet; reference data does not count."""
    for model in MUST_BE_EMPTY:
        if session.execute(select(model).limit(1)).first() is not None:
            raise NotEmpty(str(model.__tablename__))


def seed(session: Session, plan: Plan, say: Callable[[str], None] = print) -> dict[str, int]:
    """Write everything; returns how many rows each table got. The same plan writes the same, secrets apart.

    Changes nothing that is there. Raises NotEmpty unless the plan goes beside others, HereAlready the second time.
    """
    if not plan.beside_others:
        check_empty(session)
    elif are_here(session):
        raise HereAlready
    if session.execute(select(Province).limit(1)).first() is None:
        places.sync_reference_data(session)
    sync_categories(session)
    sync_indicators(session)
    return _Seeding(session, plan, say).run()


class _Seeding:
    def __init__(self, session: Session, plan: Plan, say: Callable[[str], None]) -> None:
        self.session, self.plan, self.say = session, plan, say
        self.writer = Writer(session, TABLES)
        self.now = plan.now
        self.book = Book(self.writer, plan.seed, plan.now)
        self.leading: Shop | None = None
        self.begins = calendar.begins(plan.now)
        self.home = places.communes_of(session, settings().province)
        self.staff: dict[str, int] = {}

    def run(self) -> dict[str, int]:
        taken = self.session.exec(select(Store.slug)).all()
        sellers = invent(self._random("sellers"), self.plan.sellers, self.home, self.begins, self.now, taken)
        sellers[0] = _owned_by(sellers[0], _demo("seller"))
        if len(sellers) > 1:
            sellers[-1] = _owned_by(sellers[-1], _demo("applicant"))
        self.say(f"Inventing {len(sellers)} sellers")
        self._write_staff(sellers[0].commune)
        portraits = [portrait(seller.face, serial % self._grounds()) for serial, seller in enumerate(sellers)]
        banners = [self._banner(seller.theme) for seller in sellers]
        stored = store_all(list(dict.fromkeys([*portraits, *banners])))
        shops = [
            self._write_seller(serial, seller, len(sellers), stored[face].key, stored[wide].key)
            for serial, (seller, face, wide) in enumerate(zip(sellers, portraits, banners, strict=True))
        ]
        self._write_products(shops)
        selling = [shop for shop in shops if shop.seller.status is SellerStatus.APPROVED and shop.goods]
        along = [shop.seller_id for shop in selling[:4]]
        write_run(self._random("run"), self.writer, self.staff["province"], along, self.home, self.now)
        self.say(f"Writing {self.plan.orders} orders since {local_date(self.begins):%d/%m/%Y}")
        reviews = Reviews(self.writer, self.plan.seed, self.now)
        history = History(self.writer, self.book, self.plan.seed, self.now, settings().commission_rate, reviews)
        buyers = self._write_buyers() if selling and self.plan.orders else []
        if buyers:
            history.write(selling, buyers, self.plan.orders, self.begins)
        self.book.close(self.session, self.staff["province"])
        followers = self._present(selling, buyers)
        kinds = Counter(seller.kind for seller in sellers)
        write_figures(
            self.session,
            self.writer,
            self.staff["province"],
            self.now,
            enterprises=_more(kinds[SellerKind.ENTERPRISE] + kinds[SellerKind.COOPERATIVE], 125),
            smes=_more(kinds[SellerKind.ENTERPRISE], 170),
        )
        self.writer.close()
        reviews.close(self.session)
        self._settle_ratings(reviews, followers, {shop.seller_id: shop.store_id for shop in shops})
        self._settle([goods for shop in shops for goods in shop.goods])
        # Whoever serves meanwhile looks at everything anew.
        outbox.announce(self.session, CHANGED, {}, self.now)
        return dict(self.writer.counts)

    def _random(self, subject: str) -> Random:
        # Each subject draws from a source of its own, so that more products do not make other people.
        return Random(f"{subject} {self.plan.seed}")  # noqa: S311 - invented data, no secret

    def _account(self, name: str, phone: str | None, email: str | None, password: str | None, at: datetime) -> int:
        return self.writer.add(
            Account,
            name=name,
            phone=phone,
            phone_proven_at=at if phone else None,
            email=email,
            email_proven_at=at if email else None,
            password_hash=password,
            created_at=at,
            disabled_at=None,
        )

    def _demo_account(self, account: DemoAccount, at: datetime) -> int:
        return self._account(account.name, account.phone, account.email, _password(), at)

    def _write_staff(self, commune: CommuneView) -> None:
        at = self.begins - timedelta(days=30)
        for account in DEMO_ACCOUNTS:
            if account.role is None:
                continue
            account_id = self._demo_account(account, at)
            self.staff[account.key] = account_id
            self.writer.add(
                RoleGrant,
                account_id=account_id,
                role=account.role,
                commune_code=commune.code if account.in_commune else None,
                granted_at=at,
            )
            if account.has_second_factor:
                self.writer.add(
                    SecondFactor,
                    account_id=account_id,
                    sealed=accounts.second_factor.sealed(SECOND_FACTOR_SECRET),
                    created_at=at,
                    confirmed_at=at,
                    last_step=0,
                )

    def _grounds(self) -> int:
        # Small plans make few pictures, also of sellers.
        return max(1, min(3, self.plan.pictures // 8))

    def _banner(self, theme: str) -> Composition:
        """The picture on top of shops of a theme; small plans make few, which themes share."""
        number = list(THEMES).index(theme) % max(1, min(len(THEMES), self.plan.pictures // 8))
        motifs = [archetype.motifs[0] for archetype in list(THEMES.values())[number]]
        return banner(tuple(dict.fromkeys(motifs))[:5], number)

    def _present(self, shops: Sequence[Shop], buyers: Sequence[Buyer]) -> dict[int, int]:
        """Sections and certificates of shops, and who follows them; how many follow each, by its id."""
        random = self._random("storefronts")
        for shop in shops:
            write_sections(random, self.writer, shop)
            write_certificates(random, self.writer, shop, local_date(self.now))
        accounts = [buyer.account_id for buyer in buyers if buyer.account_id is not None]
        return write_followers(random, self.writer, shops, accounts, accounts[0] if accounts else None, self.now)

    def _settle_ratings(self, reviews: Reviews, followers: Mapping[int, int], stores: Mapping[int, int]) -> None:
        """Bring the counters of goods and shops in line with the reviews and followers written since."""
        self.writer.change(
            Product,
            {key: {"rating_count": number, "rating_sum": stars} for key, (number, stars) in reviews.products.items()},
        )
        self.writer.change(
            Store,
            {
                stores[seller_id]: {"rating_count": number, "rating_sum": stars}
                for seller_id, (number, stars) in reviews.shops.items()
            },
        )
        self.writer.change(Store, {store_id: {"followers": number} for store_id, number in followers.items()})

    def _write_seller(self, serial: int, seller: DemoSeller, number: int, face: str, wide: str) -> Shop:
        owner = _demo("seller") if serial == 0 else _demo("applicant") if serial == number - 1 and serial else None
        if owner is not None:
            account_id = self._demo_account(owner, seller.applied_at)
        else:
            account_id = self._account(seller.owner, seller.phone, None, None, seller.applied_at)
        decided = None
        if seller.status is SellerStatus.APPROVED:
            decided = seller.applied_at + timedelta(hours=26)
        seller_id = self.writer.add(
            Seller,
            kind=seller.kind,
            status=seller.status,
            legal_name=seller.legal_name,
            tax_code=seller.tax_code,
            commune_code=seller.commune.code,
            street=seller.street,
            phone=seller.phone,
            acceptance_hours=seller.acceptance_hours,
            accepts_automatically=seller.accepts_automatically,
            applied_at=seller.applied_at,
            decided_at=decided,
            decision_reason=None,
            asked=[],
            bank=banks()[serial % len(banks())].code,
            bank_account=f"{6_220_201_000_000 + 7919 * serial}",
            bank_holder=holder_of(seller.legal_name if seller.kind in REGISTERED else seller.owner),
        )
        self.writer.add(SellerMember, seller_id=seller_id, account_id=account_id, role=MemberRole.OWNER)
        record(self.writer, "seller", seller_id, None, SellerStatus.APPLIED, seller.applied_at, account_id)
        if decided:
            staff = self.staff["province"]
            record(self.writer, "seller", seller_id, SellerStatus.APPLIED, SellerStatus.APPROVED, decided, staff)
        store_id = self.writer.add(
            Store,
            seller_id=seller_id,
            slug=seller.store_slug,
            name=seller.store_name,
            story=seller.story,
            portrait=face,
            created_at=seller.applied_at,
            **looks_of(self._random(f"looks {serial}"), seller, wide),
        )
        ways = self._write_ways(seller_id, serial) if decided else {}
        if decided:
            said = self._random(f"delivering {serial}")
            write_delivery(said, self.writer, seller_id, serial, seller, self.home, local_date(self.now))
        shown = self._random(f"certificates {serial}")
        for certificate in shop_certificates(shown, seller.theme, seller.kind, local_date(self.now)):
            self._write_certificate(seller_id, None, seller.applied_at, certificate)
        weight = 1_100 if serial == 0 else max(90, 2_200 // (serial + 3))
        return Shop(seller_id, store_id, account_id, seller, ways, [], weight, [])

    def _write_ways(self, seller_id: int, serial: int) -> dict[MethodKind, Way]:
        random = self._random(f"delivery {serial}")
        own = random.choice((15_000, 20_000, 20_000, 20_000, 25_000))
        free = random.choice((300_000, 500_000, 500_000, 700_000, None))
        ways = (
            (Zone.PROVINCE, Way("own", MethodKind.OWN, own, 2_000, free, 1, 2)),
            (
                Zone.COUNTRY,
                Way("carrier", MethodKind.CARRIER, random.choice((32_000, 32_000, 36_000)), 6_000, None, 2, 4),
            ),
            (Zone.PROVINCE, Way("pickup", MethodKind.PICKUP, 0, 0, None, 0, 1)),
        )
        for zone, way in ways:
            self.writer.add(
                DeliveryMethod,
                seller_id=seller_id,
                code=way.code,
                kind=way.kind,
                zone=zone,
                base_fee=way.base_fee,
                kilogram_fee=way.kilogram_fee,
                free_above=way.free_above,
                days_from=way.days_from,
                days_to=way.days_to,
                active=True,
                cutoff=None,
                tariff=Tariff.KILOGRAM,
            )
        return {way.kind: way for _, way in ways}

    def _write_products(self, shops: Sequence[Shop]) -> None:
        random, namer = self._random("products"), Namer(self.session.exec(select(Product.slug)).all())
        nodes = {row.slug: row for row in self.session.exec(select(Category).order_by(col(Category.id))).all()}
        above = {row.id: row.parent_id for row in nodes.values()}
        categories = {slug: (row.id, _root(row.id, above)) for slug, row in nodes.items()}
        self.leading = shops[0]
        deals = [dealt(random, THEMES[shop.seller.theme]) for shop in shops]
        # The busiest shop has the most to offer; those that wait have a few goods ready.
        shares = [(3 if serial == 0 else 2) if shop.ways else 0.4 for serial, shop in enumerate(shops)]
        turns = random.choices(range(len(shops)), shares, k=max(0, self.plan.products - len(shops)))
        turns = sorted([*range(min(len(shops), self.plan.products)), *turns])
        wanted = [(turn, next(deals[turn])) for turn in turns]
        made = compositions([archetype.motifs for _, archetype in wanted], self.plan.pictures, self.plan.seed)
        distinct = list(dict.fromkeys(one for group in made.values() for one in group))
        self.say(f"Composing {len(distinct)} pictures")
        stored = store_all(distinct)
        self.say(f"Writing {len(wanted)} products")
        for number, (turn, archetype) in enumerate(wanted, start=1):
            shop = shops[turn]
            bare = shop.seller.commune.name.split(" ", 1)[1]
            others = [view.name.split(" ", 1)[1] for view in random.sample(self.home, min(3, len(self.home)))]
            variation = vary(random, namer, archetype, (bare, *others), local_date(self.now))
            pictures = [stored[one] for one in made[archetype.motifs]]
            self._write_product(random, shop, variation, pictures, categories)
            if number % 20_000 == 0:
                self.say(f"  {number} products")
        for shop in shops:
            shop.odds.extend(accumulate(goods.weight for goods in shop.goods))

    def _write_product(
        self,
        random: Random,
        shop: Shop,
        variation: Variation,
        pictures: list[StoredPicture],
        categories: Mapping[str, tuple[int, int]],
    ) -> None:
        writer, seller = self.writer, shop.seller
        first = seller.applied_at + timedelta(hours=30)
        # A shop opens with some goods and adds others as the months go by.
        at = min(first + (self.now - first) * random.random() ** 2 * 0.95 if len(shop.goods) > 2 else first, self.now)
        paused = random.random() < 0.02 and len(shop.goods) > 2
        status = ProductStatus.PAUSED if paused else ProductStatus.ACTIVE
        shown = random.sample(pictures, min(len(pictures), random.choice((1, 2, 3))))
        listed = is_listed(status, seller_sells=seller.status is SellerStatus.APPROVED)
        told = tell(random, variation.archetype, seller.theme, variation.name)
        category = categories[told.category]
        asked = [prices_for(random, offer, at, self.now) for offer in variation.offers]
        first_offer = variation.offers[0]
        product_id = writer.add(
            Product,
            store_id=shop.store_id,
            seller_id=shop.seller_id,
            store_slug=seller.store_slug,
            store_name=seller.store_name,
            commune_name=seller.commune.name,
            category_id=category[0],
            top_category_id=category[1],
            slug=variation.slug,
            name=variation.name,
            description=variation.archetype.description,
            commune_code=seller.commune.code,
            status=status,
            listed=listed,
            unit=first_offer.packing.unit,
            price=goods_amount(
                unit_price(asked[0], first_offer.packing.minimum, self.now), THOUSAND, first_offer.piece
            ),
            sold=0,
            popularity=0,
            picture=shown[0].key,
            placeholder=shown[0].placeholder,
            created_at=at,
            updated_at=at,
            published_at=at,
            attributes=told.attributes,
            season=told.season,
            shelf_life_days=told.shelf_life_days,
            storage=told.storage,
            reach_hours=told.reach_hours,
            origin_code=seller.commune.code,
            origin_name=seller.commune.name,
            expected_on=expected_on(random, variation.archetype, local_date(self.now)),
            rating_count=0,
            rating_sum=0,
        )
        for certificate in certificates_for(random, variation, local_date(self.now)):
            self._write_certificate(shop.seller_id, product_id, at, certificate)
        for position, picture in enumerate(shown):
            writer.add(
                ProductPicture,
                product_id=product_id,
                key=picture.key,
                placeholder=picture.placeholder,
                position=position,
            )
        record(writer, "product", product_id, None, ProductStatus.ACTIVE, at, shop.owner_id)
        if paused:
            record(writer, "product", product_id, ProductStatus.ACTIVE, ProductStatus.PAUSED, at, shop.owner_id)
        harvests = (
            self.book.harvests_of(
                variation.archetype.category,
                product_id=product_id,
                name=variation.name,
                seller_id=shop.seller_id,
                owner_id=shop.owner_id,
                packer=f"Nhà sơ chế {seller.store_name}",
                shelf_days=told.shelf_life_days,
                always=shop is self.leading,
            )
            if listed
            else None
        )
        weight = 1 + 200 // (1 + random.randrange(60))
        for position, (offer, prices) in enumerate(zip(variation.offers, asked, strict=True)):
            goods = self._write_variant(random, product_id, position, offer, prices, at, len(asked) > 1)
            if listed:
                shop.goods.append(
                    replace(
                        goods,
                        slug=variation.slug,
                        name=variation.name,
                        picture=shown[0].key,
                        months=variation.archetype.months,
                        weight=max(1, weight >> position),
                        harvests=harvests,
                    )
                )

    def _write_certificate(
        self, seller_id: int, product_id: int | None, at: datetime, certificate: Mapping[str, Any]
    ) -> None:
        self.writer.add(
            Certificate,
            seller_id=seller_id,
            product_id=product_id,
            document=None,
            document_kind=None,
            created_at=at,
            **certificate,
        )

    def _write_variant(
        self,
        random: Random,
        product_id: int,
        position: int,
        offer: Offer,
        prices: Prices,
        at: datetime,
        several: bool,
    ) -> Goods:
        writer, packing, content = self.writer, offer.packing, offer.packing.content
        sale = prices.sale
        code = f"S{_readable(product_id * MOST_VARIANTS + position)}"
        sku_id = writer.add(
            Sku,
            code=code,
            product_id=product_id,
            price=prices.regular,
            step=packing.step,
            minimum=packing.minimum,
            unit_grams=min(offer.grams, HEAVIEST_GRAMS),
            lightest_grams=offer.piece.lightest if offer.piece else None,
            heaviest_grams=offer.piece.heaviest if offer.piece else None,
            label=offer.label,
            position=position,
            active=True,
            leads=position == 0,
            unit=packing.unit,
            content_amount=content.amount if content else None,
            content_measure=content.measure if content else None,
            sale_price=sale.price if sale else None,
            sale_since=sale.since if sale else None,
            sale_until=sale.until if sale else None,
            price_before=prices.before,
            tiers=[[tier.quantity, tier.price] for tier in prices.tiers],
        )
        writer.add(PriceAsked, sku_id=sku_id, price=prices.regular, since=at, until=None)
        level_id = writer.add(StockLevel, sku_id=sku_id, on_hand=stock_on_hand(random, packing), allocated=0, held=0)
        return Goods(
            product_id,
            sku_id,
            level_id,
            code,
            "",
            "",
            piece_label(offer.label, packing.unit, content, offer.piece) if several else NOTHING,
            packing.unit,
            prices,
            packing.step,
            packing.minimum,
            min(offer.grams, HEAVIEST_GRAMS),
            None,
            (),
            1,
            at,
            piece=offer.piece,
        )

    def _write_buyers(self) -> list[Buyer]:
        random = self._random("buyers")
        far = [view for code in FAR_PROVINCES for view in places.communes_of(self.session, code)] or list(self.home)
        buyers = []
        for serial in range(max(10, self.plan.orders // 3)):
            commune = random.choice(self.home if serial == 0 or random.random() < 0.62 else far)
            at = self.begins + (self.now - self.begins) * random.random() * 0.5
            name, phone, account_id = people.full_name(random), people.phone(400_000 + serial), None
            if serial == 0:
                shopper = _demo("shopper")
                name, phone = shopper.name, shopper.phone or phone
                account_id = self._demo_account(shopper, self.begins)
            elif random.random() < 0.35:
                account_id = self._account(name, phone, None, None, at)
            buyers.append(Buyer(name, phone, account_id, commune, people.street(random, commune.name)))
        return buyers

    def _settle(self, goods: Sequence[Goods]) -> None:
        """Bring stock and sales in line with the orders written since."""
        promised = [one for one in goods if one.held or one.allocated]
        free = dict(
            self.session.execute(
                select(StockLevel.id, StockLevel.on_hand).where(
                    col(StockLevel.id).in_([one.level_id for one in promised])
                )
            ).all()
        )
        self.writer.change(
            StockLevel,
            {
                one.level_id: {
                    "held": one.held,
                    "allocated": one.allocated,
                    "on_hand": free[one.level_id] + one.held + one.allocated,
                }
                for one in promised
            },
        )
        sold: Counter[int] = Counter()
        for one in goods:
            sold[one.product_id] += one.sold
        changes = {product_id: {"sold": count, "popularity": count} for product_id, count in sold.items() if count}
        self.writer.change(Product, changes)


@lru_cache(maxsize=1)
def _password() -> str:
    # The password of all is public: a salt for each account would only take time.
    return hash_password(PASSWORD)


def _root(category_id: int, above: Mapping[int, int | None]) -> int:
    parent = above[category_id]
    return category_id if parent is None else _root(parent, above)


def _demo(key: str) -> DemoAccount:
    return next(account for account in DEMO_ACCOUNTS if account.key == key)


def _more(sellers: int, percent: int) -> int:
    """So many more than sell here that the demo's shares have some way to go."""
    return sellers * percent // 100 + 1


def _owned_by(seller: DemoSeller, account: DemoAccount) -> DemoSeller:
    legal_name = seller.legal_name.replace(seller.owner, account.name)
    return replace(seller, owner=account.name, legal_name=legal_name, phone=account.phone or seller.phone)


def _readable(number: int) -> str:
    """Seven readable characters, a different one for every number: the numbers are stirred so that codes look drawn."""
    size = len(READABLE) ** 7
    stirred = (number * 7_654_321_987 + 1_234_567_891) % size
    code = ""
    for _ in range(7):
        stirred, place = divmod(stirred, len(READABLE))
        code += READABLE[place]
    return code
