"""Invented sellers: farms, households, co-operatives and companies, each true to one theme and one commune."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from marketplace.demo import people
from marketplace.places.views import CommuneView
from marketplace.sellers.rules import SellerKind, SellerStatus, store_slug

WAITING = 3
"""Sellers that wait for the staff's decision."""

FIRST_KINDS = (SellerKind.HOUSEHOLD, SellerKind.COOPERATIVE, SellerKind.FARM, SellerKind.ENTERPRISE)
"""So that every kind is there as soon as there are enough sellers."""
TRIES = 40

THEME_WEIGHTS = {
    "trai-cay": 14,
    "thuy-san": 10,
    "rau-cu": 7,
    "gao-hat": 7,
    "banh-keo": 7,
    "mat-thao-moc": 5,
    "trung-gia-cam": 5,
    "nuoc-mam-gia-vi": 4,
    "tra-ca-phe": 4,
    "dan-lat": 4,
}

SHOPS = {
    "trai-cay": ("Vườn", "Nhà vườn", "Vườn trái cây"),
    "gao-hat": ("Gạo", "Lúa gạo", "Nhà máy gạo"),
    "thuy-san": ("Thủy sản", "Cá đồng", "Trại cá"),
    "rau-cu": ("Rau sạch", "Vườn rau", "Rẫy"),
    "mat-thao-moc": ("Mật ong", "Trại ong", "Thảo mộc"),
    "trung-gia-cam": ("Trại gà", "Trứng sạch", "Gà vịt"),
    "dan-lat": ("Đan lát", "Lục bình", "Làng nghề"),
    "nuoc-mam-gia-vi": ("Nước mắm", "Gia vị", "Mắm"),
    "banh-keo": ("Lò bánh", "Bánh", "Đặc sản"),
    "tra-ca-phe": ("Trà", "Cà phê", "Quán trà"),
}
TRADES = {
    "trai-cay": "Cây ăn trái",
    "gao-hat": "Lúa gạo",
    "thuy-san": "Thủy sản",
    "rau-cu": "Rau an toàn",
    "mat-thao-moc": "Ong mật và thảo mộc",
    "trung-gia-cam": "Chăn nuôi gia cầm",
    "dan-lat": "Thủ công mỹ nghệ",
    "nuoc-mam-gia-vi": "Chế biến thực phẩm",
    "banh-keo": "Bánh kẹo đặc sản",
    "tra-ca-phe": "Trà và đồ uống",
}
STORIES = {
    "trai-cay": "Vườn {area} công đất bên bờ rạch ở {commune}, trồng từ năm {year}. Trái được hái khi vừa chín tới, "
    "xếp lót lá và gửi đi trong ngày.",
    "gao-hat": "Làm lúa ở {commune} từ năm {year}, nay canh tác {area} công theo hướng giảm phân thuốc. "
    "Gạo xay mới theo đơn nên luôn thơm.",
    "thuy-san": "Ao nuôi {area} công ở {commune}, nước vào ra theo con triều. Cá, tôm chỉ bắt khi có đơn nên đến tay còn tươi.",
    "rau-cu": "Rẫy rau {area} công ở {commune}, cắt từ bốn giờ sáng. Sổ ghi phân thuốc để ai cũng xem được.",
    "mat-thao-moc": "Theo nghề ong và cây thuốc từ năm {year} ở {commune}. Mỗi mẻ đều ghi ngày khai thác và nguồn hoa.",
    "trung-gia-cam": "Trại nuôi ở {commune}, gà vịt có sân thả. Trứng nhặt mỗi sáng, giao trong ba ngày.",
    "dan-lat": "Tổ đan ở {commune} có {area} tay nghề, phần lớn là chị em làm thêm lúc nông nhàn từ năm {year}.",
    "nuoc-mam-gia-vi": "Giữ cách ủ xưa từ năm {year} ở {commune}: cá, muối và thời gian, không vội.",
    "banh-keo": "Lò bánh ở {commune} đỏ lửa từ năm {year}. Bánh làm theo đơn, dùng nguyên liệu quanh vùng.",
    "tra-ca-phe": "Trà và nước từ cây trái {commune}, sao sấy mẻ nhỏ từ năm {year}. Không hương liệu, không phẩm màu.",
}
TOGETHER = "Hợp tác xã {members} thành viên. "

HOMES = {
    "trai-cay": ("Xã Phong Điền", "Xã Kế Sách", "Xã Nhơn Ái", "Xã An Lạc Thôn", "Xã Trường Long", "Phường Ngã Bảy"),
    "thuy-san": ("Phường Vĩnh Châu", "Xã Trần Đề", "Phường Thốt Nốt", "Xã Cù Lao Dung", "Phường Thới Long"),
    "rau-cu": ("Phường Vĩnh Châu", "Xã Thới Lai", "Phường Vĩnh Phước", "Phường Long Tuyền"),
    "gao-hat": ("Xã Cờ Đỏ", "Xã Thới Lai", "Phường Ngã Năm", "Xã Vĩnh Thạnh", "Xã Đông Hiệp"),
    "banh-keo": ("Phường Sóc Trăng", "Phường Cái Răng", "Xã Phú Tâm", "Phường Thuận Hưng", "Phường Thốt Nốt"),
    "mat-thao-moc": ("Phường Long Mỹ", "Phường Cái Răng", "Xã Phương Bình", "Xã Mỹ Phước"),
    "trung-gia-cam": ("Xã Cờ Đỏ", "Xã Thới Lai", "Xã Vị Thủy", "Xã Thạnh Xuân"),
    "dan-lat": ("Phường Long Mỹ", "Phường Cái Răng", "Xã Hỏa Lựu", "Xã Xà Phiên"),
    "nuoc-mam-gia-vi": ("Xã Trần Đề", "Phường Sóc Trăng", "Phường Vĩnh Châu", "Xã Phụng Hiệp"),
    "tra-ca-phe": ("Xã Phong Điền", "Phường Cái Răng", "Phường Ninh Kiều", "Phường Bình Thủy"),
}
"""Where a trade is at home in Cần Thơ: orchards, coasts, rice fields, craft villages, towns; the best known first."""
HOMES_OF_FEW, SELLERS_FOR_ANOTHER = 2, 100
"""A trade begins in so many places and spreads to another with every so many sellers."""
AWAY = 10
"""One in so many sellers lives anywhere else."""


@dataclass(frozen=True, slots=True)
class DemoSeller:
    """A seller before it is written."""

    theme: str
    kind: SellerKind
    status: SellerStatus
    store_name: str
    store_slug: str
    legal_name: str
    owner: str
    tax_code: str | None
    commune: CommuneView
    street: str
    phone: str
    story: str
    acceptance_hours: int
    accepts_automatically: bool
    applied_at: datetime

    @property
    def face(self) -> str:
        """The motif of its portrait: who owns it, or what it is."""
        match self.kind:
            case SellerKind.COOPERATIVE:
                return "rice-plant" if self.theme == "gao-hat" else "seedling"
            case SellerKind.ENTERPRISE:
                return "house"
        return "farmer-woman" if people.is_woman(self.owner) else "farmer-man"


def invent(
    random: Random,
    number: int,
    communes: Sequence[CommuneView],
    begins: datetime,
    until: datetime,
    taken: Collection[str] = (),
) -> list[DemoSeller]:
    """`number` sellers; the first is the busiest, the last few still wait. `taken` are addresses of other stores."""
    names: set[str] = set()
    slugs = set(taken)
    themes = list(SHOPS)
    made = []
    for serial in range(number):
        # Every theme has a seller as soon as there are enough of them.
        theme = (
            themes[serial] if serial < len(themes) else random.choices(themes, [THEME_WEIGHTS[t] for t in themes])[0]
        )
        waits = number - serial if serial >= max(1, number - WAITING) else 0
        home = _home(random, theme, number, serial, communes)
        made.append(_seller(random, serial, theme, home, names, slugs, begins, until, waits=waits))
    return made


def _home(random: Random, theme: str, number: int, serial: int, communes: Sequence[CommuneView]) -> CommuneView:
    """The commune of a seller of a theme: the busiest one's is the first of its trade's."""
    by_name = {commune.name: commune for commune in communes}
    known = [by_name[name] for name in HOMES[theme] if name in by_name]
    # In a province we know nothing of, too, trades live in a few communes, two and two side by side.
    homes = (known or communes[list(HOMES).index(theme) // 2 :])[: HOMES_OF_FEW + number // SELLERS_FOR_ANOTHER]
    if serial == 0:
        return homes[0]
    if serial % AWAY == AWAY - 1:
        return random.choice(communes)
    return random.choices(homes, range(len(homes) + 1, 1, -1))[0]


def _seller(
    random: Random,
    serial: int,
    theme: str,
    commune: CommuneView,
    names: set[str],
    slugs: set[str],
    begins: datetime,
    until: datetime,
    *,
    waits: int,
) -> DemoSeller:
    bare = commune.name.split(" ", 1)[1]
    drawn = random.choices(list(SellerKind), (32, 30, 20, 18))[0]
    kind = FIRST_KINDS[serial] if serial < len(FIRST_KINDS) else drawn
    owner = people.full_name(random)
    name, legal = _names(random, kind, theme, bare, owner)
    for _ in range(TRIES):
        if name not in names:
            break
        name, legal = _names(random, kind, theme, bare, owner)
    else:
        # More shops than names: the rest are told apart by place and number, their owners' names stay.
        name = f"{name} {bare} {serial + 1}"
        if kind in {SellerKind.COOPERATIVE, SellerKind.ENTERPRISE}:
            legal = f"{legal} {bare} {serial + 1}"
    names.add(name)
    slug = store_slug(name, slugs)
    slugs.add(slug)
    # Most shops came in the first months; the platform grows from there.
    span = (until - begins) * 0.75
    applied = begins - timedelta(days=20) + span * random.random() ** 2 if serial else begins - timedelta(days=20)
    if waits:
        # Who came first has waited longest.
        applied = until - timedelta(hours=random.randint(3, 19) + 20 * (waits - 1))
    return DemoSeller(
        theme=theme,
        kind=kind,
        status=SellerStatus.APPLIED if waits else SellerStatus.APPROVED,
        store_name=name,
        store_slug=slug,
        legal_name=legal,
        owner=owner,
        tax_code=None if kind is SellerKind.FARM and random.random() < 0.6 else people.tax_code(serial),
        commune=commune,
        street=people.street(random, commune.name),
        phone=people.phone(serial),
        story=_story(random, kind, theme, commune.name),
        acceptance_hours=random.choice((6, 8, 12, 12, 12, 24, 24, 48)),
        accepts_automatically=serial > 0 and random.random() < 0.1,
        applied_at=applied,
    )


def _story(random: Random, kind: SellerKind, theme: str, commune: str) -> str:
    within = commune[0].lower() + commune[1:]
    story = STORIES[theme].format(area=random.randint(4, 36), year=random.randint(1986, 2021), commune=within)
    members = random.randint(12, 60)
    return TOGETHER.format(members=members) + story if kind is SellerKind.COOPERATIVE else story


def _names(random: Random, kind: SellerKind, theme: str, place: str, owner: str) -> tuple[str, str]:
    match kind:
        case SellerKind.COOPERATIVE:
            promise = random.choice((place, *random.sample(people.PROMISES, 2)))
            return f"HTX {TRADES[theme]} {promise}", f"Hợp tác xã {TRADES[theme]} {promise}"
        case SellerKind.ENTERPRISE:
            promise = random.choice(people.PROMISES)
            return f"{random.choice(SHOPS[theme])} {promise}", f"Công ty TNHH {TRADES[theme]} {promise}"
        case SellerKind.HOUSEHOLD:
            return f"{random.choice(SHOPS[theme])} {random.choice(people.NICKNAMES)}", f"Hộ kinh doanh {owner}"
        case SellerKind.FARM:
            return f"{random.choice(SHOPS[theme])} {random.choice(people.NICKNAMES)}", owner
