"""Fish, shrimp, dried and fermented fish."""

from __future__ import annotations

from marketplace.demo.goods.model import (
    CUTS,
    DRIED,
    DRIED_IN_OVENS,
    DRIEDS,
    FILLETS,
    FISHES,
    FRESH_FISH,
    JARS,
    LIVE,
    SAUCES,
    WHOLE_FISH,
    Archetype,
)

FRESH, SHELLS, DRY, CAKES = "ca-tuoi", "tom-cua-oc", "kho-mam", "cha-ca"

FISH = (
    Archetype(
        FRESH, "Cá thác lác Hậu Giang",
        "Cá thác lác cườm nuôi ao, thịt dẻo và thơm. Giao cá tươi ướp đá, có thể yêu cầu nạo sẵn phần thịt.",
        FRESH_FISH, FISHES, 1000, 75_000, 115_000, ("fish",), (), 4, WHOLE_FISH,
    ),
    Archetype(
        FRESH, "Cá lóc đồng",
        "Cá chắc thịt, ngọt, hợp nướng trui, nấu canh chua và kho tộ. Cá sống đến lúc làm, ướp đá khi gửi xa.",
        FRESH_FISH, FISHES, 1000, 85_000, 140_000, ("fish", "leafy-greens"), (8, 9, 10, 11, 12, 1), None, WHOLE_FISH,
    ),
    Archetype(
        FRESH, "Cá rô đồng",
        "Cá nhỏ, thịt béo, xương mềm khi kho khô. Làm sạch theo yêu cầu, giữ nguyên trứng.",
        FRESH_FISH, FISHES, 1000, 70_000, 120_000, ("fish", "ice"), (),
    ),
    Archetype(
        FRESH, "Cá tra phi lê",
        "Phi lê từ cá nuôi đạt chuẩn, lạng da, không tăng trọng. Cấp đông nhanh trong ngày.",
        CUTS, FILLETS, 1000, 55_000, 85_000, ("fish", "ice"), (),
    ),
    Archetype(
        FRESH, "Cá linh non",
        "Cá linh đầu mùa nước nổi, xương mềm, béo ngọt. Chỉ có vài tháng trong năm, giao trong ngày.",
        FRESH_FISH, ("", "đầu mùa", "bắt trong ngày"), 1000, 90_000, 170_000, ("fish",), (8, 9, 10),
    ),
    Archetype(
        FRESH, "Lươn đồng",
        "Lươn vàng bụng, thịt săn, đã cho nhịn một ngày cho sạch ruột. Nhận làm sạch nhớt và cắt khúc.",
        FRESH_FISH, FISHES, 1000, 150_000, 220_000, ("fish", "herb"), (),
    ),
    Archetype(
        SHELLS, "Tôm càng xanh",
        "Tôm nuôi ruộng lúa, gạch béo, thịt săn. Thu theo con nước, giao sống trong nội tỉnh và ướp đá khi đi xa.",
        FRESH_FISH, FISHES, 1000, 180_000, 320_000, ("shrimp",), (), 3,
    ),
    Archetype(
        SHELLS, "Tôm sú Trần Đề",
        "Tôm sú quảng canh, vỏ cứng, thịt ngọt. Đánh bắt lúc nước ròng, ướp đá ngay tại ao.",
        FRESH_FISH, FISHES, 1000, 200_000, 350_000, ("shrimp", "ice"), (), 3,
    ),
    Archetype(
        SHELLS, "Tôm thẻ",
        "Tôm cỡ đều, tươi, vỏ trong. Cân lúc ráo nước, không bơm tạp chất.",
        FRESH_FISH, FISHES, 1000, 110_000, 180_000, ("shrimp",), (),
    ),
    Archetype(
        SHELLS, "Cua biển gạch",
        "Cua chắc, đầy gạch, dây buộc mỏng đã trừ cân. Con nào óp được đổi lại.",
        LIVE, FISHES[:4], 1000, 280_000, 450_000, ("crab",), (),
    ),
    Archetype(
        SHELLS, "Ốc bươu đen",
        "Ốc nuôi ao bèo, thịt giòn, đã ngâm sạch bùn. Hợp hấp sả, nướng tiêu.",
        LIVE, FISHES[:4], 1000, 65_000, 100_000, ("shell",), (),
    ),
    Archetype(
        SHELLS, "Nghêu Cù Lao Dung",
        "Nghêu bãi bồi, ngâm nước biển một đêm cho nhả cát. Thịt đầy và ngọt.",
        LIVE, FISHES[:3], 1000, 35_000, 60_000, ("shell", "ice"), (),
    ),
    Archetype(
        DRY, "Khô cá sặc",
        "Cá sặc bổi ướp nhạt, phơi hai nắng. Chiên hoặc nướng đều thơm, trộn gỏi sầu đâu rất hợp.",
        DRIED, DRIEDS, 1000, 280_000, 420_000, ("dried-meat", "fish"), (), 3,
    ),
    Archetype(
        DRY, "Khô cá lóc",
        "Cá lóc nuôi xẻ banh, ướp muối ớt và phơi giàn cao. Thịt dày, không mặn gắt.",
        DRIED, DRIEDS, 1000, 250_000, 380_000, ("dried-meat",), (), 3,
    ),
    Archetype(
        DRY, "Khô trâu",
        "Thịt trâu xé sợi ướp sả ớt, sấy than. Dai, đậm, hợp lai rai và làm quà.",
        DRIED, DRIED_IN_OVENS, 1000, 520_000, 720_000, ("dried-meat", "chili"), (),
    ),
    Archetype(
        DRY, "Tôm khô",
        "Tôm đất luộc phơi nắng, bóc vỏ tay. Màu hồng tự nhiên, không phẩm.",
        DRIED, DRIED_IN_OVENS, 1000, 750_000, 1_250_000, ("shrimp", "dried-meat"), (), 4,
    ),
    Archetype(
        DRY, "Mắm cá linh",
        "Cá linh ủ muối và thính, chao đường thốt nốt, đủ sáu tháng. Dùng nấu lẩu mắm, kho hoặc chưng thịt.",
        JARS, SAUCES, 1000, 130_000, 200_000, ("jar", "fish"), (),
    ),
    Archetype(
        DRY, "Mắm bò hóc",
        "Mắm prahok theo cách làm của bà con Khmer Sóc Trăng, ủ trên một năm. Là vị nền của bún nước lèo.",
        JARS, SAUCES, 1000, 110_000, 180_000, ("jar",), (),
    ),
    Archetype(
        CAKES, "Chả cá thác lác",
        "Thịt cá nạo quết tay với thì là và tiêu, không bột. Chiên, nấu canh khổ qua hay nhúng lẩu đều được.",
        CUTS, ("", "quết tay", "rút xương", "đặc biệt"), 1000, 210_000, 320_000, ("dumpling", "fish"), (), 4,
    ),
    Archetype(
        CAKES, "Mực một nắng",
        "Mực ống phơi một nắng, còn dẻo và ngọt. Cấp đông từng con, nướng hay chiên nước mắm.",
        CUTS, ("", "loại lớn", "loại vừa"), 1000, 320_000, 480_000, ("squid",), (),
    ),
)
