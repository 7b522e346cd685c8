"""Rice, grains, vegetables and mushrooms."""

from __future__ import annotations

from marketplace.demo.goods.model import (
    BUNCHES,
    DUG,
    GRAINS,
    GREENS,
    LOOSE,
    MUSHROOM_GRADES,
    MUSHROOM_TRAYS,
    RICE_BAGS,
    RICES,
    WILD,
    Archetype,
)

FRAGRANT, BROWN, BEANS = "gao-thom", "gao-lut-nep", "dau-bap-hat"
LEAVES, ROOTS, ONIONS, MUSHROOMS = "rau-la", "cu-qua", "hanh-toi-ot", "nam"

RICE = (
    Archetype(
        FRAGRANT, "Gạo ST25",
        "Hạt dài, cơm dẻo, thơm lá dứa và để nguội vẫn mềm. Lúa trồng ở vùng Mỹ Xuyên, Trần Đề, xay trong tháng.",
        RICE_BAGS, RICES, 1000, 30_000, 42_000, ("cooked-rice", "rice-plant"), (), 5,
    ),
    Archetype(
        FRAGRANT, "Gạo ST24",
        "Cơm dẻo vừa, thơm nhẹ, hợp bữa cơm gia đình. Vo nhanh một lần và bớt nước hơn gạo thường.",
        RICE_BAGS, RICES, 1000, 25_000, 34_000, ("cooked-rice",), (), 4,
    ),
    Archetype(
        FRAGRANT, "Gạo Đài Thơm 8",
        "Hạt trong, cơm mềm và thơm thoang thoảng. Gạo xay mới mỗi tuần, không tẩm hương.",
        RICE_BAGS, RICES, 1000, 17_000, 24_000, ("cooked-rice", "herb"), (),
    ),
    Archetype(
        FRAGRANT, "Gạo Jasmine",
        "Cơm mềm dẻo, vị nhạt dễ ăn. Hợp cho quán cơm và bếp ăn đông người.",
        RICE_BAGS, RICES, 1000, 15_000, 21_000, ("rice-plant",), (),
    ),
    Archetype(
        FRAGRANT, "Gạo Tài Nguyên",
        "Lúa mùa một vụ, cơm xốp, nở và ngọt hậu. Hợp nấu cơm chiên, cơm tấm.",
        RICE_BAGS, RICES, 1000, 19_000, 27_000, ("rice-plant", "cooked-rice"), (1, 2, 3, 4, 5), 3,
    ),
    Archetype(
        BROWN, "Gạo lứt đỏ",
        "Gạo còn nguyên lớp cám đỏ, bùi và thơm. Ngâm bốn giờ trước khi nấu cho mềm.",
        RICE_BAGS, RICES, 1000, 28_000, 40_000, ("cooked-rice", "beans"), (), 3,
    ),
    Archetype(
        BROWN, "Gạo lứt tím than",
        "Hạt tím đậm, cơm dẻo và bùi. Đóng túi hút chân không để tránh mọt.",
        RICE_BAGS, RICES, 1000, 35_000, 50_000, ("blueberries", "cooked-rice"), (),
    ),
    Archetype(
        BROWN, "Nếp sáp",
        "Nếp dẻo, thơm, hạt đều. Hợp gói bánh tét, nấu xôi và làm cơm rượu.",
        RICE_BAGS, RICES, 1000, 24_000, 34_000, ("cooked-rice", "leafy-greens"), (),
    ),
    Archetype(
        BROWN, "Nếp than",
        "Nếp đen dẻo, màu tím tự nhiên khi nấu. Dùng nấu xôi, chè hoặc ủ rượu nếp than.",
        RICE_BAGS, RICES, 1000, 32_000, 46_000, ("rice-plant", "blueberries"), (),
    ),
    Archetype(
        BEANS, "Đậu xanh cà vỏ",
        "Đậu hạt đều, đã cà vỏ và sàng sạch. Ngâm hai giờ là nấu chè hay làm nhân bánh được.",
        RICE_BAGS, GRAINS, 1000, 38_000, 55_000, ("pea-pod", "beans"), (),
    ),
    Archetype(
        BEANS, "Đậu phộng Lai Hòa",
        "Đậu vỏ lụa hồng, hạt chắc, bùi và béo. Phơi đủ nắng nên rang lên giòn lâu.",
        RICE_BAGS, GRAINS, 1000, 42_000, 62_000, ("peanut",), (2, 3, 4, 5),
    ),
    Archetype(
        BEANS, "Bắp nếp tươi",
        "Bắp nếp dẻo, ngọt, bẻ từ sáng sớm. Luộc trong ngày là ngon nhất.",
        LOOSE, WILD[:3], 1000, 15_000, 26_000, ("corn",), (),
    ),
    Archetype(
        BEANS, "Hạt sen tươi",
        "Hạt sen bóc vỏ, thông tim, bở và bùi. Giao lạnh, để ngăn đông được ba tháng.",
        LOOSE, WILD[:3], 1000, 120_000, 180_000, ("beans", "hibiscus"), (4, 5, 6, 7, 8, 9), 3,
    ),
)

VEGETABLES = (
    Archetype(
        LEAVES, "Rau muống hạt",
        "Rau non, cọng giòn, cắt mỗi sáng. Rửa sạch, để ráo rồi mới bó nên giữ tươi đến hôm sau.",
        BUNCHES, GREENS, 1000, 14_000, 25_000, ("leafy-greens",), (),
    ),
    Archetype(
        LEAVES, "Cải xanh",
        "Cải non vị cay nhẹ, hợp nấu canh và cuốn bánh xèo. Trồng luân canh, cách ly phân bón đúng ngày.",
        BUNCHES, GREENS, 1000, 15_000, 28_000, ("leafy-greens", "broccoli"), (),
    ),
    Archetype(
        LEAVES, "Bông điên điển",
        "Bông vàng hái lúc hừng sáng mùa nước nổi. Nấu canh chua, xào tép hay ăn sống với mắm kho đều ngon.",
        BUNCHES, WILD, 1000, 60_000, 110_000, ("sunflower", "daisy"), (8, 9, 10, 11),
    ),
    Archetype(
        LEAVES, "Bông súng đồng",
        "Cọng súng tước vỏ, giòn ngọt. Hái từ ruộng ngập mỗi sáng, không có quanh năm.",
        BUNCHES, WILD, 1000, 16_000, 30_000, ("hibiscus", "clover"), (7, 8, 9, 10, 11),
    ),
    Archetype(
        LEAVES, "Rau nhút",
        "Cọng xốp, lá mềm, thơm đặc trưng. Dùng cho lẩu mắm, canh chua; đã bỏ phần phao trắng.",
        BUNCHES, WILD, 1000, 22_000, 38_000, ("clover", "seedling"), (),
    ),
    Archetype(
        LEAVES, "Rau thơm tổng hợp",
        "Gồm húng quế, húng lủi, tía tô, ngò gai và diếp cá. Đủ cho một bữa bánh xèo bốn người.",
        BUNCHES, GREENS, 1000, 35_000, 60_000, ("herb", "leafy-greens"), (),
    ),
    Archetype(
        ROOTS, "Khoai lang tím",
        "Ruột tím, bở và ngọt. Khoai để ráo đất ba ngày sau khi dỡ cho ngọt hơn.",
        LOOSE, DUG, 1000, 14_000, 28_000, ("potato", "eggplant"), (),
    ),
    Archetype(
        ROOTS, "Củ cải trắng Vĩnh Châu",
        "Củ chắc, trắng, ngọt nước. Trồng trên đất giồng cát ven biển, thu hoạch sau Tết.",
        LOOSE, DUG, 1000, 8_000, 18_000, ("carrot", "garlic"), (12, 1, 2, 3),
    ),
    Archetype(
        ROOTS, "Dưa leo",
        "Trái thẳng, giòn, ít hột. Hái buổi sáng và giao trong ngày.",
        LOOSE, GREENS, 1000, 12_000, 24_000, ("cucumber",), (),
    ),
    Archetype(
        ROOTS, "Cà tím",
        "Trái dài, ruột trắng, mềm khi nướng. Không dùng thuốc trước thu hoạch mười ngày.",
        LOOSE, GREENS, 1000, 12_000, 24_000, ("eggplant",), (),
    ),
    Archetype(
        ROOTS, "Cà chua bi",
        "Trái nhỏ, đỏ, vị ngọt. Trồng nhà lưới, hái khi chín trên cây.",
        LOOSE, GREENS, 1000, 28_000, 48_000, ("tomato",), (),
    ),
    Archetype(
        ROOTS, "Ớt chuông",
        "Trái dày thịt, giòn, ba màu. Trồng giá thể trong nhà màng ở ngoại ô.",
        LOOSE, GREENS, 1000, 40_000, 70_000, ("bell-pepper",), (),
    ),
    Archetype(
        ONIONS, "Hành tím Vĩnh Châu",
        "Củ chắc, thơm nồng, màu tím hồng. Phơi khô đủ nắng và bó thành xâu, treo nơi thoáng giữ được nhiều tháng.",
        LOOSE, DUG, 1000, 28_000, 55_000, ("onion",), (1, 2, 3, 4, 5), 4,
    ),
    Archetype(
        ONIONS, "Tỏi khô",
        "Tép đều, thơm, cay vừa. Phơi khô tự nhiên, cắt rễ sạch.",
        LOOSE, DUG, 1000, 55_000, 90_000, ("garlic",), (),
    ),
    Archetype(
        ONIONS, "Ớt hiểm tươi",
        "Trái nhỏ, cay nồng, thơm. Hái trái chín đỏ, để ngăn đông được cả tháng.",
        LOOSE, GREENS, 1000, 35_000, 80_000, ("chili",), (),
    ),
    Archetype(
        ONIONS, "Gừng già",
        "Củ già, thơm cay, ít xơ. Rửa sạch đất, để khô ráo trước khi đóng thùng.",
        LOOSE, DUG, 1000, 25_000, 45_000, ("ginger",), (),
    ),
    Archetype(
        MUSHROOMS, "Nấm rơm",
        "Nấm búp tròn, ngọt và thơm mùi rơm. Hái hai lần mỗi ngày, nên nấu trong ngày nhận hàng.",
        MUSHROOM_TRAYS, MUSHROOM_GRADES, 1000, 65_000, 110_000, ("mushroom",), (), 3,
    ),
    Archetype(
        MUSHROOMS, "Nấm bào ngư xám",
        "Tai nấm dày, dai và ngọt. Trồng trên phôi mùn cưa cao su, tưới nước giếng khoan đã lọc.",
        MUSHROOM_TRAYS, MUSHROOM_GRADES, 1000, 45_000, 75_000, ("mushroom", "seedling"), (),
    ),
)
