"""A believable market of a province, for what people look for in it: goods by category, shops by commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from marketplace.catalog.search.window import Entry, Window

SHOPS = (
    ("Vườn Ba Tám", "31117", "Phường Ninh Kiều", "farm"),
    ("Hợp tác xã Thới An", "31120", "Phường Thới An Đông", "cooperative"),
    ("Cơ sở Út Mười", "31299", "Xã Phong Điền", "household"),
    ("Đặc sản Sông Hậu", "31186", "Phường Cái Răng", "enterprise"),
)
"""Name, code and name of the commune, kind; goods are theirs in turn."""

SHELVES = {
    ("Nông sản", "Farm produce", "Gạo", "Rice"): (
        "Gạo ST25 túi 5kg", "Gạo ST25 túi 10kg", "Gạo Đài Thơm 8", "Gạo lứt đỏ hộp 1kg", "Nếp sáp", "Nếp than",
    ),
    ("Nông sản", "Farm produce", "Đậu, bắp, hạt", "Beans, corn and seeds"): (
        "Đậu phộng Lai Hòa", "Đậu xanh cà vỏ", "Bắp nếp tươi", "Hạt sen tươi", "Mè đen rang",
    ),
    ("Nông sản", "Farm produce", "Rau lá", "Leafy greens"): (
        "Cải xanh", "Cải bắp Đà Lạt", "Rau muống hạt", "Bông điên điển", "Rau nhút", "Ngò gai", "Bông cải xanh",
    ),
    ("Nông sản", "Farm produce", "Củ quả", "Roots and vegetables"): (
        "Khoai lang tím", "Khoai mì ruột vàng", "Củ cải trắng Vĩnh Châu", "Dưa leo", "Cà tím", "Cà chua bi",
        "Khổ qua rừng", "Củ sắn",
    ),
    ("Nông sản", "Farm produce", "Hành, tỏi, ớt", "Onion, garlic and chilli"): (
        "Hành tím Vĩnh Châu", "Tỏi khô", "Ớt hiểm tươi", "Gừng già", "Nấm rơm",
    ),
    ("Trái cây", "Fruit", "Sầu riêng, mít", "Durian and jackfruit"): (
        "Sầu riêng Ri6", "Sầu riêng Monthong", "Mít Thái siêu sớm", "Măng cụt vườn",
    ),
    ("Trái cây", "Fruit", "Xoài, ổi, mận", "Mango, guava and plum"): (
        "Xoài cát Hòa Lộc", "Xoài Đài Loan", "Ổi lê ruột trắng", "Mận hồng đào đá", "Mãng cầu xiêm", "Mãng cầu ta",
    ),
    ("Trái cây", "Fruit", "Cam, bưởi, chanh", "Citrus"): (
        "Bưởi Năm Roi", "Bưởi da xanh", "Cam sành", "Cam xoàn", "Quýt đường", "Chanh không hạt",
    ),
    ("Trái cây", "Fruit", "Khóm, dừa, chuối", "Pineapple, coconut and banana"): (
        "Khóm Cầu Đúc", "Dừa xiêm xanh", "Dừa sáp", "Chuối xiêm", "Dưa hấu ruột đỏ", "Thanh long ruột đỏ", "Dưa lưới",
        "Nhãn xuồng", "Chôm chôm nhãn", "Vú sữa Lò Rèn", "Thủy liễu bần chua",
    ),
    ("Chăn nuôi", "Livestock", "Thịt, trứng", "Meat and eggs"): (
        "Thịt heo ba rọi", "Thịt bò tơ", "Gà ta thả vườn", "Vịt xiêm", "Trứng gà ta", "Trứng vịt chạy đồng",
        "Lạp xưởng Sóc Trăng", "Chả lụa lá chuối", "Mật ong hoa tràm", "Mật ong hoa nhãn chai 500ml",
    ),
    ("Thủy sản", "Fish and seafood", "Cá, tôm", "Fish and shrimp"): (
        "Cá lóc đồng", "Cá rô đồng", "Cá tra phi lê", "Cá linh non", "Lươn đồng", "Tôm càng xanh", "Tôm sú Trần Đề",
        "Cua biển gạch", "Nghêu Cù Lao Dung", "Chả cá thác lác",
    ),
    ("Thủy sản", "Fish and seafood", "Khô, mắm", "Dried fish"): (
        "Khô cá sặc", "Khô cá lóc", "Khô trâu", "Tôm khô", "Mắm cá linh hũ 400g", "Mực một nắng",
    ),
    ("Chế biến", "Kitchen", "Nước mắm, gia vị", "Fish sauce and spices"): (
        "Nước mắm cá cơm chai 500ml", "Nước mắm cá linh chai 1 lít", "Nước tương đậu nành", "Muối ớt tôm",
        "Sa tế sả ớt", "Đường thốt nốt hũ 0,5 kg", "Dầu đậu phộng ép mộc", "Dầu dừa ép lạnh",
    ),
    ("Chế biến", "Kitchen", "Bánh, kẹo", "Cakes and sweets"): (
        "Bánh pía sầu riêng Sóc Trăng", "Bánh pía khoai môn", "Bánh tét lá cẩm", "Bánh ít nhân dừa", "Kẹo dừa",
        "Mứt gừng", "Xoài sấy dẻo gói 200g", "Chuối sấy giòn", "Bánh tráng Thuận Hưng", "Hủ tiếu khô Cái Răng",
        "Bánh hỏi mặt võng",
    ),
    ("Chế biến", "Kitchen", "Trà, cà phê, nước", "Tea, coffee and drinks"): (
        "Trà mãng cầu", "Trà sen", "Cà phê robusta rang mộc", "Sô-cô-la đen ca cao vườn", "Nước cốt khóm", "Sữa bắp",
        "Rượu nếp than", "Trà hoa hồng",
    ),
    ("Thủ công", "Crafts", "Lục bình, tre", "Water hyacinth and bamboo"): (
        "Giỏ lục bình đan tay", "Thảm lục bình", "Rổ tre Thới Lai", "Nón lá", "Chổi cọng dừa", "Chiếu cói",
        "Khăn rằn dệt", "Xà phòng dừa",
    ),
}  # fmt: skip
"""Both names of the category and of the one above it: its goods, the better liked before the others."""

SOLD_OUT = ("Cam xoàn", "Tôm càng xanh", "Bưởi Năm Roi")
BELOVED = {"Dưa hấu ruột đỏ": 900_000, "Cà phê robusta rang mộc": 400_000, "Tôm sú Trần Đề": 400_000}
"""What sells more than what stands before it."""


def entries() -> Iterator[Entry]:
    """All goods of the market."""
    number = 0
    tops: dict[str, int] = {}
    for shelf, ((top, top_english, leaf, leaf_english), goods) in enumerate(SHELVES.items(), start=100):
        for turn, name in enumerate(goods):
            shop, commune, place, kind = SHOPS[number % len(SHOPS)]
            number += 1
            yield Entry(
                product_id=number,
                name=name,
                others=(shop, place, top, top_english, leaf, leaf_english),
                categories=(tops.setdefault(top, len(tops) + 1), shelf),
                store=shop,
                commune=commune,
                kind=kind,
                price=10_000 + 1_000 * (number * 37 % 90),
                popularity=BELOVED.get(name, 200_000 // (turn + 1)),
                published=datetime(2026, 1, 1, tzinfo=UTC),
                in_stock=name not in SOLD_OUT,
                looks=number,
            )


def open_window() -> tuple[Window, dict[int, str]]:
    """A window of the market, and the names of its goods."""
    window, names = Window(), {}
    for entry in entries():
        window.put(entry)
        names[entry.product_id] = entry.name
    return window, names
