"""Honey, herbs, eggs, poultry and what is woven by hand."""

from __future__ import annotations

from marketplace.demo.goods.model import (
    BOTTLES,
    BY_HEAD,
    CRAFTS,
    DRIED,
    DRINKS,
    EGGS,
    HOMEMADE,
    HONEYS,
    JARS,
    LAID,
    PIECES,
    POULTRY,
    TEAS,
    WHOLE_FOWL,
    Archetype,
)

HONEY = (
    Archetype(
        "mat-ong", "Mật ong hoa tràm",
        "Mật từ đàn ong đặt ven rừng tràm, màu hổ phách, thơm nhẹ. Lọc thô và đóng chai, không pha đường, không đun.",
        BOTTLES, HONEYS, 1100, 260_000, 420_000, ("honey",), (2, 3, 4, 5), 4,
    ),
    Archetype(
        "mat-ong", "Mật ong hoa nhãn",
        "Mật vàng sáng, ngọt thanh, khai thác mùa nhãn trổ bông. Trời lạnh có thể kết tinh, ngâm nước ấm là tan.",
        BOTTLES, HONEYS, 1100, 220_000, 340_000, ("honey", "blossom"), (2, 3, 4), 3,
    ),
    Archetype(
        "mat-ong", "Mật ong cà phê",
        "Mật thơm, màu đậm, từ những chuyến chuyển đàn theo mùa hoa. Có ghi ngày quay mật trên nhãn.",
        JARS, HONEYS, 1000, 190_000, 300_000, ("honey", "coffee"), (),
    ),
    Archetype(
        "mat-ong", "Phấn hoa ong",
        "Hạt phấn sấy nhẹ, vị bùi và hơi đắng. Người dễ dị ứng phấn hoa nên thử ít trước.",
        JARS, HONEYS, 1000, 380_000, 560_000, ("jar", "sunflower"), (),
    ),
    Archetype(
        "thao-moc", "Bột nghệ vàng",
        "Nghệ rửa sạch, thái lát, sấy và xay mịn. Dùng ướp cá, kho thịt và nấu cà ri.",
        JARS, HOMEMADE[:4], 1000, 160_000, 260_000, ("ginger", "jar"), (), 3,
    ),
    Archetype(
        "thao-moc", "Hoa atiso đỏ khô",
        "Đài hoa sấy lạnh, vị chua dịu, màu đỏ tự nhiên. Hãm nước nóng hoặc nấu siro.",
        TEAS, DRINKS, 1000, 220_000, 340_000, ("hibiscus",), (),
    ),
    Archetype(
        "thao-moc", "Sả, chanh sấy ngâm chân",
        "Hỗn hợp sả, vỏ chanh và muối hạt. Một gói pha cho một chậu nước ấm.",
        TEAS[:3], ("", "thêm gừng", "thêm ngải cứu", "muối hạt"), 1000, 110_000, 180_000, ("herb", "lemon"), (),
    ),
    Archetype(
        "tinh-dau-xa-phong", "Tinh dầu tràm",
        "Chưng cất từ lá tràm gió, mùi dịu. Chai có nút nhỏ giọt; để xa tầm tay trẻ em.",
        BOTTLES[:2], (*HONEYS[:2], "chưng cất củi", "đậm đặc"), 1000, 380_000, 620_000, ("bottle-care", "herb"), (), 3,
    ),
    Archetype(
        "tinh-dau-xa-phong", "Dầu dừa ép lạnh",
        "Ép từ cơm dừa tươi, trong và thơm. Dưới 25 °C dầu đông lại là bình thường.",
        BOTTLES, ("", "nguyên chất", "mẻ nhỏ", "hữu cơ"), 950, 190_000, 290_000, ("bottle-care", "coconut"), (), 3,
    ),
    Archetype(
        "tinh-dau-xa-phong", "Xà phòng dừa",
        "Nấu từ dầu dừa và phơi bốn tuần cho dịu. Bánh 100 g gói giấy, không phẩm màu.",
        PIECES, ("", "hương sả", "hương bưởi", "than tre", "nghệ", "không mùi"), 110, 32_000, 55_000, ("soap", "coconut"), (),
    ),
)

POULTRY_GOODS = (
    Archetype(
        "trung", "Trứng gà ta",
        "Trứng gà thả vườn, lòng đỏ đậm. Nhặt mỗi ngày, có đóng ngày trên vỏ.",
        EGGS, LAID, 500, 32_000, 45_000, ("egg", "hen"), (),
    ),
    Archetype(
        "trung", "Trứng vịt chạy đồng",
        "Vịt ăn lúa rụng và cua ốc ngoài đồng nên lòng đỏ cam và béo. Trứng mới trong ba ngày.",
        EGGS, LAID, 700, 30_000, 42_000, ("egg", "duck"), (),
    ),
    Archetype(
        "trung", "Hột vịt muối",
        "Ủ tro muối hai mươi ngày, lòng đỏ đỏ cam và dẻo. Luộc mười phút là ăn được.",
        EGGS, HOMEMADE[:4], 750, 40_000, 58_000, ("egg", "jar"), (), 3,
    ),
    Archetype(
        "trung", "Trứng cút",
        "Trứng nhỏ, vỏ đốm, tươi. Vỉ giấy chống va, giao trong ngày.",
        EGGS, LAID[2:], 120, 8_000, 14_000, ("egg",), (),
    ),
    Archetype(
        "ga-vit", "Gà ta thả vườn",
        "Gà nuôi trên bốn tháng, da vàng tự nhiên, thịt chắc. Làm sạch sáng sớm và giao lạnh.",
        BY_HEAD, ("", "nuôi thảo dược", "loại 1", "VietGAP"), 1600, 160_000, 240_000, ("hen", "chicken"), (), None, WHOLE_FOWL,
    ),
    Archetype(
        "ga-vit", "Vịt xiêm",
        "Vịt xiêm nuôi vườn, thịt đỏ, ít mỡ. Hợp nấu chao, om sấu và quay.",
        BY_HEAD, POULTRY, 2300, 210_000, 310_000, ("duck",), (), None, WHOLE_FOWL,
    ),
    Archetype(
        "ga-vit", "Gà nòi lai",
        "Gà nòi lai thịt dai, ngọt, hợp hấp hành và nấu cháo. Có giấy kiểm dịch từng đợt.",
        BY_HEAD, POULTRY, 1700, 150_000, 220_000, ("chicken",), (), None, WHOLE_FOWL,
    ),
    Archetype(
        "thit-che-bien", "Lạp xưởng Sóc Trăng",
        "Thịt nạc và mỡ gói ruột khô, ướp rượu Mai Quế Lộ, phơi nắng. Chiên với nước cho chín đều rồi để ráo mỡ.",
        DRIED, HOMEMADE[:5], 1000, 230_000, 340_000, ("dried-meat", "pig"), (11, 12, 1, 2), 4,
    ),
    Archetype(
        "thit-che-bien", "Chả lụa lá chuối",
        "Thịt heo nóng giã trong ngày, gói lá chuối. Không hàn the, để ngăn mát năm ngày.",
        DRIED[1:3], HOMEMADE[:5], 1000, 180_000, 260_000, ("pig", "leafy-greens"), (),
    ),
)

CRAFT = (
    Archetype(
        "luc-binh-coi", "Giỏ lục bình đan tay",
        "Sợi lục bình phơi khô, đan tay trên khung. Dùng đựng đồ, trồng cây trong nhà; lau bằng khăn ẩm.",
        PIECES, CRAFTS, 650, 85_000, 210_000, ("basket",), (), 4,
    ),
    Archetype(
        "luc-binh-coi", "Thảm lục bình",
        "Thảm tròn bện từ sợi lục bình, dày và êm. Phơi nắng nhẹ khi ẩm, không giặt máy.",
        PIECES[:3], CRAFTS, 1500, 180_000, 380_000, ("yarn", "basket"), (), 3,
    ),
    Archetype(
        "luc-binh-coi", "Túi xách lục bình",
        "Túi quai da, lót vải bố, có khóa kéo. Mỗi chiếc đan hai ngày nên màu có thể lệch nhẹ.",
        PIECES[:2], CRAFTS, 500, 160_000, 340_000, ("handbag",), (), 3,
    ),
    Archetype(
        "luc-binh-coi", "Chiếu cói Cái Chanh",
        "Chiếu dệt tay sợi cói, mát, màu nhuộm bền. Có các khổ 1 m, 1,2 m và 1,6 m theo cỡ.",
        PIECES[:2], CRAFTS[:4], 1800, 190_000, 420_000, ("thread", "bamboo"), (),
    ),
    Archetype(
        "tre-may", "Rổ tre Thới Lai",
        "Tre già ngâm nước, chẻ nan và vót nhẵn. Rổ bền, không dằm, hợp rửa rau và phơi bánh.",
        PIECES, CRAFTS, 350, 35_000, 85_000, ("bamboo", "basket"), (),
    ),
    Archetype(
        "tre-may", "Lọp, nơm tre trang trí",
        "Thu nhỏ từ dụng cụ bắt cá miền Tây, đan đúng kiểu thật. Dùng trang trí quán hoặc làm chụp đèn.",
        PIECES, CRAFTS[:5], 400, 90_000, 220_000, ("bamboo",), (),
    ),
    Archetype(
        "tre-may", "Nón lá",
        "Nón khung tre, lá mật cật, chằm chỉ cước. Nhẹ, che mưa nắng đều được.",
        PIECES, CRAFTS[:4], 250, 40_000, 95_000, ("hat",), (),
    ),
    Archetype(
        "tre-may", "Chổi cọng dừa",
        "Cọng dừa già tuốt sạch, bó chắc tay. Quét sân, quét vườn bền cả năm.",
        PIECES, CRAFTS[:4], 700, 25_000, 45_000, ("broom", "palm"), (),
    ),
    Archetype(
        "det-theu", "Khăn rằn dệt",
        "Khăn rằn sợi cotton, ô nhỏ, thấm tốt. Giặt lần đầu với nước muối để giữ màu.",
        PIECES, ("", "đen trắng", "đỏ trắng", "xanh trắng", "khổ lớn"), 150, 45_000, 95_000, ("thread", "yarn"), (),
    ),
    Archetype(
        "det-theu", "Nến sáp ong",
        "Sáp ong lọc, bấc cotton, cháy êm ít khói. Mùi mật nhẹ tự nhiên.",
        PIECES, ("", "cỡ nhỏ", "cỡ lớn", "hương tràm", "hương bưởi"), 180, 48_000, 120_000, ("candle", "honey"), (),
    ),
)
