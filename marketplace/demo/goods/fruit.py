"""Fruit of the gardens along the Hậu river."""

from __future__ import annotations

from marketplace.demo.goods.model import (
    BY_FRUIT,
    LOOSE,
    ORCHARD,
    PICKED,
    WHOLE_DURIAN,
    WHOLE_JACKFRUIT,
    WHOLE_ROUND_FRUIT,
    Archetype,
)

MANGOES, CITRUS, DURIANS, LONGANS, PINEAPPLES = (
    "xoai-oi-man",
    "cam-buoi-chanh",
    "sau-rieng-mit",
    "nhan-chom-chom",
    "khom-dua-chuoi",
)

FRUIT = (
    Archetype(
        DURIANS,
        "Sầu riêng Ri6",
        "Cơm vàng, hạt lép, vị béo ngọt và thơm đậm. Trái cắt khi già, gửi đi trong ngày và chín sau hai đến ba ngày. "
        "Nếu trái sượng, nhà vườn nhận đổi hoặc hoàn tiền.",
        LOOSE, PICKED, 1000, 85_000, 145_000, ("melon", "leafy-greens"), (4, 5, 6, 7, 8), 4, WHOLE_DURIAN,
    ),
    Archetype(
        DURIANS,
        "Sầu riêng Monthong",
        "Trái to, cơm dày, vị ngọt thanh và ít gắt hơn Ri6. Cắt theo độ già từng trái, có ghi ngày cắt trên cuống.",
        LOOSE, PICKED, 1000, 95_000, 165_000, ("melon",), (5, 6, 7, 8, 9), 4, WHOLE_DURIAN,
    ),
    Archetype(
        DURIANS,
        "Mít Thái siêu sớm",
        "Múi vàng, giòn và ngọt, ít xơ. Bán nguyên trái hoặc bổ sẵn theo cân, trái già tự nhiên không ủ thuốc.",
        LOOSE, ORCHARD, 1000, 18_000, 38_000, ("melon", "mango"), (), None, WHOLE_JACKFRUIT,
    ),
    Archetype(
        DURIANS,
        "Măng cụt vườn",
        "Vỏ tím mỏng, múi trắng, vị chua ngọt hài hòa. Hái bằng tay khi vừa chín tới nên giữ được bốn đến năm ngày.",
        LOOSE, ORCHARD, 1000, 45_000, 85_000, ("blueberries", "cherry"), (5, 6, 7, 8),
    ),
    Archetype(
        MANGOES,
        "Xoài cát Hòa Lộc",
        "Thịt mịn, không xơ, thơm và ngọt đậm. Trái được bao từ khi còn nhỏ, hái khi già và dú tự nhiên ba ngày. "
        "Ngon nhất khi vỏ ngả vàng và hơi mềm tay.",
        LOOSE, PICKED, 1000, 55_000, 110_000, ("mango", "leafy-greens"), (2, 3, 4, 5), 4,
    ),
    Archetype(
        MANGOES,
        "Xoài cát Chu",
        "Trái vừa tay, vỏ mỏng, vị ngọt có chút chua nhẹ. Hợp ăn tươi, làm sinh tố hay gỏi khi còn hườm.",
        LOOSE, PICKED, 1000, 25_000, 48_000, ("mango",), (2, 3, 4, 5, 11, 12),
    ),
    Archetype(
        MANGOES,
        "Xoài Đài Loan",
        "Trái to, giòn, ăn sống chấm muối ớt hay để chín đều ngon. Vườn bao trái nên vỏ sạch, ít sâu.",
        LOOSE, PICKED, 1000, 15_000, 32_000, ("mango", "green-apple"), (),
    ),
    Archetype(
        MANGOES,
        "Ổi lê ruột trắng",
        "Ổi giòn, ngọt thanh, ít hạt. Hái mỗi sáng, giao trong ngày ở trung tâm và hôm sau ở các xã.",
        LOOSE, PICKED, 1000, 12_000, 26_000, ("green-apple", "pear"), (),
    ),
    Archetype(
        MANGOES,
        "Mận hồng đào đá",
        "Trái đỏ, giòn và mọng nước. Hái khi trời mát, lót lá chuối trong thùng để trái không dập.",
        LOOSE, ORCHARD, 1000, 22_000, 45_000, ("apple", "strawberry"), (1, 2, 3, 4, 12),
    ),
    Archetype(
        MANGOES,
        "Mãng cầu xiêm",
        "Mãng cầu gai chín cây, cơm dai, vị chua ngọt. Hợp dầm sữa đá, làm sinh tố hoặc nấu mứt.",
        LOOSE, ORCHARD, 1000, 28_000, 52_000, ("avocado", "pear"), (3, 4, 5, 6, 7, 8),
    ),
    Archetype(
        MANGOES,
        "Mãng cầu ta",
        "Na dai, mắt to, thịt thơm ngọt. Trái mở gai đều, để ngoài một đến hai ngày là chín.",
        LOOSE, ORCHARD, 1000, 45_000, 80_000, ("avocado",), (6, 7, 8, 9, 12, 1),
    ),
    Archetype(
        CITRUS,
        "Bưởi Năm Roi",
        "Múi ráo, không hạt, vị chua ngọt thanh. Bưởi để héo vỏ vài ngày ăn càng ngọt, giữ được cả tháng ở chỗ mát.",
        BY_FRUIT, ORCHARD, 1300, 30_000, 55_000, ("lemon", "leafy-greens"), (8, 9, 10, 11, 12, 1), 4, WHOLE_ROUND_FRUIT,
    ),
    Archetype(
        CITRUS,
        "Bưởi da xanh",
        "Da xanh, ruột hồng, tép giòn và róc vỏ. Trái hái đủ ngày nên ngọt, có thể chưng Tết rồi ăn.",
        BY_FRUIT, ORCHARD, 1400, 48_000, 85_000, ("melon", "lemon"), (9, 10, 11, 12, 1, 2), 4, WHOLE_ROUND_FRUIT,
    ),
    Archetype(
        CITRUS,
        "Cam sành",
        "Vỏ dày, nhiều nước, màu vàng đậm, vắt rất thơm. Thùng cam xếp so le, có lót giấy giữ ẩm.",
        LOOSE, ORCHARD, 1000, 12_000, 32_000, ("orange",), (8, 9, 10, 11, 12, 1, 2),
    ),
    Archetype(
        CITRUS,
        "Cam xoàn",
        "Trái nhỏ, vỏ mỏng, vị ngọt thanh không gắt. Hợp cho người lớn tuổi và trẻ nhỏ ăn tươi.",
        LOOSE, ORCHARD, 1000, 28_000, 52_000, ("orange", "leafy-greens"), (9, 10, 11, 12, 1), 3,
    ),
    Archetype(
        CITRUS,
        "Quýt đường",
        "Vỏ mỏng dễ bóc, múi mọng và ngọt. Chùm quýt còn lá đẹp để chưng mâm ngũ quả ngày Tết.",
        LOOSE, ORCHARD, 1000, 25_000, 55_000, ("orange", "clover"), (11, 12, 1, 2),
    ),
    Archetype(
        CITRUS,
        "Chanh không hạt",
        "Chanh mọng nước, không hạt, vỏ thơm. Hái theo đơn, để ngăn mát được hai tuần.",
        LOOSE, PICKED, 1000, 12_000, 28_000, ("lemon", "kiwi"), (), 3,
    ),
    Archetype(
        LONGANS,
        "Nhãn Idor",
        "Cơm dày, ráo, hạt nhỏ, vị ngọt thanh. Bẻ nguyên chùm buổi sáng sớm, không ngâm lưu huỳnh.",
        LOOSE, ORCHARD, 1000, 22_000, 42_000, ("chestnut", "grapes"), (6, 7, 8, 9),
    ),
    Archetype(
        LONGANS,
        "Chôm chôm nhãn",
        "Trái tròn, tróc hạt, giòn và ngọt. Chôm chôm tươi ngon trong ba ngày đầu, nên để ngăn mát.",
        LOOSE, ORCHARD, 1000, 20_000, 40_000, ("strawberry", "cherry"), (5, 6, 7, 8, 9),
    ),
    Archetype(
        LONGANS,
        "Vú sữa Lò Rèn",
        "Vỏ căng bóng, thịt mềm, ngọt như sữa. Hái khi chín tới và bọc xốp từng trái để không giập.",
        LOOSE, ORCHARD, 1000, 35_000, 70_000, ("peach", "milk"), (11, 12, 1, 2, 3), 3,
    ),
    Archetype(
        LONGANS,
        "Dâu Hạ Châu Phong Điền",
        "Chùm dâu vàng nhạt, vị chua ngọt, hột nhỏ. Đặc sản miệt vườn Phong Điền, mỗi năm chỉ có vài tháng.",
        LOOSE, ORCHARD, 1000, 30_000, 55_000, ("grapes", "lemon"), (5, 6, 7, 8), 3,
    ),
    Archetype(
        PINEAPPLES,
        "Khóm Cầu Đúc",
        "Khóm trồng đất phèn ven sông Cái Lớn, mắt sâu, thịt vàng, giòn và ngọt. Bán nguyên trái còn cuống để lâu hư.",
        BY_FRUIT, ORCHARD, 1100, 12_000, 24_000, ("pineapple",), (), 4,
    ),
    Archetype(
        PINEAPPLES,
        "Dừa xiêm xanh",
        "Nước ngọt thanh, cơm mỏng non. Gọt sẵn vỏ, có khui nắp, giữ lạnh được bảy ngày.",
        BY_FRUIT, PICKED, 1500, 9_000, 18_000, ("coconut", "palm"), (),
    ),
    Archetype(
        PINEAPPLES,
        "Dừa sáp",
        "Cơm dừa dẻo như sáp, thơm béo. Mỗi trái được gõ thử trước khi gửi, có kèm hướng dẫn dầm sữa đá.",
        BY_FRUIT, PICKED, 1200, 95_000, 170_000, ("coconut",), (), 4,
    ),
    Archetype(
        PINEAPPLES,
        "Chuối xiêm",
        "Chuối xiêm chín vàng, dẻo và thơm. Hợp ăn tươi, nướng, nấu chè hay gói bánh tét.",
        LOOSE, PICKED, 1000, 10_000, 20_000, ("banana",), (),
    ),
    Archetype(
        PINEAPPLES,
        "Chuối già hương",
        "Nải đều trái, chín tự nhiên bằng lá so đũa. Giao khi vỏ ngả vàng, để hai ngày là ngon nhất.",
        LOOSE, PICKED, 1000, 13_000, 25_000, ("banana", "leafy-greens"), (),
    ),
    Archetype(
        PINEAPPLES,
        "Dưa hấu ruột đỏ",
        "Vỏ mỏng, ruột đỏ, giòn và ngọt mát. Trồng trên ruộng sau vụ lúa nên đất sạch, ít sâu bệnh.",
        (BY_FRUIT[0], BY_FRUIT[2]), PICKED, 3200, 28_000, 60_000, ("watermelon",), (12, 1, 2, 3, 4), None, WHOLE_ROUND_FRUIT,
    ),
    Archetype(
        PINEAPPLES,
        "Thanh long ruột đỏ",
        "Ruột đỏ, ngọt đậm, mọng nước. Hái khi tai còn xanh, để ngăn mát được mười ngày.",
        LOOSE, ORCHARD, 1000, 18_000, 38_000, ("kiwi", "strawberry"), (5, 6, 7, 8, 9, 10),
    ),
)
