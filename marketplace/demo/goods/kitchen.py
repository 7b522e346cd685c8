"""Fish sauce, spices, cakes, sweets, tea and drinks."""

from __future__ import annotations

from marketplace.demo.goods.model import (
    BOTTLES,
    CAKES,
    DRIED,
    DRINKS,
    HOMEMADE,
    JARS,
    POWDERS,
    ROLLS,
    SAUCES,
    SWEETS,
    TEAS,
    Archetype,
)

SAUCE = (
    Archetype(
        "nuoc-mam", "Nước mắm cá cơm",
        "Cá cơm và muối hạt ủ thùng gỗ mười hai tháng, kéo rút nhỉ. Vị đậm, hậu ngọt, màu cánh gián.",
        BOTTLES, SAUCES, 1000, 85_000, 160_000, ("bottle", "fish"), (), 4,
    ),
    Archetype(
        "nuoc-mam", "Nước mắm cá linh",
        "Nấu từ mắm cá linh mùa nước nổi, lọc nhiều lần. Thơm dịu, hợp pha nước chấm và kho cá.",
        BOTTLES, SAUCES, 1000, 70_000, 120_000, ("bottle",), (), 3,
    ),
    Archetype(
        "nuoc-mam", "Nước tương đậu nành",
        "Ủ đậu nành nguyên hạt, phơi nắng ba tháng. Dùng chấm, xào, kho chay.",
        BOTTLES, SAUCES, 1000, 45_000, 80_000, ("bottle", "beans"), (),
    ),
    Archetype(
        "gia-vi", "Muối ớt tôm",
        "Tôm khô, ớt, tỏi và muối hạt rang giã. Chấm trái cây, nướng hải sản.",
        JARS, HOMEMADE[:4], 1000, 160_000, 240_000, ("chili", "shrimp"), (), 3,
    ),
    Archetype(
        "gia-vi", "Sa tế sả ớt",
        "Sả, ớt, tỏi phi với dầu dừa, cay vừa. Để ngăn mát ba tháng, múc bằng muỗng khô.",
        JARS, HOMEMADE[:4], 1000, 130_000, 200_000, ("chili", "jar"), (),
    ),
    Archetype(
        "gia-vi", "Tương xay",
        "Tương hột xay với đậu phộng, vị ngọt bùi. Chấm gỏi cuốn, bì cuốn.",
        JARS, HOMEMADE[:4], 1000, 60_000, 100_000, ("jar", "peanut"), (),
    ),
    Archetype(
        "gia-vi", "Chao môn",
        "Đậu hũ ủ men và khoai môn, béo và thơm. Nấu vịt nấu chao hay chấm rau.",
        JARS, HOMEMADE[:4], 1000, 70_000, 120_000, ("jar", "butter"), (), 3,
    ),
    Archetype(
        "dau-an-duong", "Đường thốt nốt",
        "Nước thốt nốt thắng thủ công, viên mềm, thơm. Dùng nấu chè, kho thịt, pha nước chấm.",
        DRIED, HOMEMADE[:5], 1000, 65_000, 110_000, ("palm", "candy"), (), 3,
    ),
    Archetype(
        "dau-an-duong", "Dấm khóm",
        "Lên men từ khóm Cầu Đúc, chua thanh. Ngâm dưa, trộn gỏi.",
        BOTTLES, SAUCES[:4], 1000, 38_000, 65_000, ("bottle", "pineapple"), (),
    ),
    Archetype(
        "dau-an-duong", "Dầu đậu phộng ép mộc",
        "Đậu phộng rang nhẹ, ép nguội, lọc vải. Thơm, hợp trộn gỏi và xào nhanh.",
        BOTTLES, SAUCES[:3], 950, 130_000, 190_000, ("bottle", "peanut"), (),
    ),
)

CAKE = (
    Archetype(
        "banh-pia-banh-ngot", "Bánh pía Sóc Trăng sầu riêng",
        "Vỏ nhiều lớp mỏng, nhân đậu xanh sầu riêng và trứng muối. Ngon nhất trong mười lăm ngày từ ngày sản xuất.",
        CAKES, HOMEMADE, 480, 55_000, 95_000, ("custard", "egg"), (), 4,
    ),
    Archetype(
        "banh-pia-banh-ngot", "Bánh pía khoai môn",
        "Nhân khoai môn dẻo, ít ngọt, trứng muối bùi. Vỏ nướng vàng, tách lớp.",
        CAKES, HOMEMADE, 480, 50_000, 85_000, ("custard", "pancake"), (),
    ),
    Archetype(
        "banh-pia-banh-ngot", "Bánh in",
        "Bột nếp rang in khuôn gỗ, nhân đậu xanh. Bánh mềm, tan trong miệng, hay dùng cúng Tết.",
        CAKES, HOMEMADE, 300, 35_000, 60_000, ("biscuit",), (11, 12, 1, 2),
    ),
    Archetype(
        "banh-pia-banh-ngot", "Bánh bông lan trứng muối",
        "Bông lan mềm, sốt bơ nhẹ và lòng đỏ trứng muối. Làm theo đơn, giao trong ngày.",
        CAKES, HOMEMADE, 400, 60_000, 110_000, ("custard", "butter"), (),
    ),
    Archetype(
        "banh-tet-banh-la", "Bánh tét lá cẩm Cần Thơ",
        "Nếp ngâm nước lá cẩm tím, nhân đậu, mỡ và trứng muối. Gói lá chuối, nấu củi mười giờ.",
        ROLLS, HOMEMADE, 1000, 95_000, 150_000, ("dumpling", "leafy-greens"), (11, 12, 1, 2), 4,
    ),
    Archetype(
        "banh-tet-banh-la", "Bánh lá mơ nước cốt dừa",
        "Bột gạo lá mơ tráng mỏng, hấp trên lá mít. Kèm nước cốt dừa, nên dùng trong ngày.",
        CAKES, HOMEMADE[:4], 350, 28_000, 48_000, ("dumpling", "coconut"), (),
    ),
    Archetype(
        "banh-tet-banh-la", "Bánh ít nhân dừa",
        "Vỏ nếp dẻo, nhân dừa đậu phộng. Gói lá chuối nhỏ, hấp mỗi sáng.",
        CAKES, HOMEMADE[:4], 360, 26_000, 42_000, ("dumpling",), (),
    ),
    Archetype(
        "keo-mut", "Kẹo dừa",
        "Nước cốt dừa và mạch nha, cắt tay, gói giấy gạo. Có vị sầu riêng, lá dứa, ca cao theo hộp.",
        SWEETS, HOMEMADE, 1000, 75_000, 120_000, ("candy", "coconut"), (),
    ),
    Archetype(
        "keo-mut", "Mứt gừng",
        "Gừng lát sên đường, khô và cay ấm. Món quen của mâm mứt Tết.",
        SWEETS, HOMEMADE, 1000, 130_000, 200_000, ("ginger", "candy"), (11, 12, 1, 2),
    ),
    Archetype(
        "keo-mut", "Xoài sấy dẻo",
        "Xoài cát chín sấy dẻo, ít đường. Túi có khóa kéo, để nơi khô mát.",
        SWEETS, HOMEMADE, 1000, 180_000, 290_000, ("mango", "candy"), (), 3,
    ),
    Archetype(
        "keo-mut", "Chuối sấy giòn",
        "Chuối xiêm chín tới, sấy chân không, giòn mà ít dầu. Ăn liền, hợp làm quà.",
        SWEETS, HOMEMADE, 1000, 110_000, 180_000, ("banana", "biscuit"), (),
    ),
    Archetype(
        "bun-mi-banh-trang", "Bánh hỏi Phong Điền",
        "Sợi nhỏ, mềm, phơi khô từng vỉ. Trụng nước sôi một phút là dùng.",
        DRIED, HOMEMADE[:4], 1000, 45_000, 75_000, ("noodles",), (), 3,
    ),
    Archetype(
        "bun-mi-banh-trang", "Bánh tráng Thuận Hưng",
        "Tráng tay, phơi vỉ tre. Có loại nem, loại dừa nướng; giòn và thơm gạo mới.",
        DRIED, HOMEMADE[:5], 1000, 60_000, 95_000, ("pancake", "noodles"), (), 3,
    ),
    Archetype(
        "bun-mi-banh-trang", "Hủ tiếu khô Cái Răng",
        "Sợi gạo dai, phơi nắng, không chất bảo quản. Trụng hai phút, trộn hay nấu nước đều được.",
        DRIED, HOMEMADE[:4], 1000, 38_000, 62_000, ("noodles", "rice-plant"), (),
    ),
)

DRINK = (
    Archetype(
        "tra", "Trà mãng cầu",
        "Mãng cầu xiêm thái lát, sao vàng. Nước thơm, vị ngọt nhẹ; hãm năm phút với nước sôi.",
        TEAS, DRINKS, 1000, 260_000, 420_000, ("tea", "avocado"), (), 4,
    ),
    Archetype(
        "tra", "Trà sen",
        "Trà xanh ướp hương sen, tim sen phơi lạnh. Hương nhẹ, hậu ngọt.",
        TEAS, DRINKS, 1000, 380_000, 620_000, ("tea", "hibiscus"), (), 3,
    ),
    Archetype(
        "tra", "Trà gạo lứt rang",
        "Gạo lứt đỏ rang củi, thơm bùi. Uống thay nước, bã ăn được.",
        TEAS, DRINKS, 1000, 90_000, 150_000, ("tea", "rice-plant"), (),
    ),
    Archetype(
        "tra", "Trà đậu biếc",
        "Hoa đậu biếc hái sáng, sấy lạnh giữ màu xanh. Thêm chanh nước chuyển tím.",
        TEAS, DRINKS, 1000, 320_000, 500_000, ("tea", "blossom"), (),
    ),
    Archetype(
        "ca-phe-ca-cao", "Cà phê robusta rang mộc",
        "Hạt robusta chọn quả chín, rang vừa, không tẩm bơ. Có ghi ngày rang; xay theo yêu cầu phin hay máy.",
        TEAS, DRINKS, 1000, 180_000, 290_000, ("coffee",), (),
    ),
    Archetype(
        "ca-phe-ca-cao", "Bột ca cao Phong Điền",
        "Trái ca cao trồng xen vườn dừa, lên men sáu ngày, rang và nghiền. Bột nguyên chất, đắng thơm.",
        POWDERS, DRINKS, 1000, 240_000, 380_000, ("chocolate", "coffee"), (), 4,
    ),
    Archetype(
        "ca-phe-ca-cao", "Sô-cô-la đen ca cao vườn",
        "Sô-cô-la 70% từ ca cao địa phương, đường mía thô. Để nơi mát dưới 25 °C.",
        SWEETS, HOMEMADE[:5], 1000, 420_000, 640_000, ("chocolate",), (), 3,
    ),
    Archetype(
        "nuoc-trai-cay", "Nước cốt khóm",
        "Ép từ khóm chín, thanh trùng, không phẩm màu. Pha một phần nước cốt với ba phần nước.",
        BOTTLES, HOMEMADE[:4], 1000, 65_000, 110_000, ("juice", "pineapple"), (),
    ),
    Archetype(
        "nuoc-trai-cay", "Siro dâu Hạ Châu",
        "Dâu chín ngâm đường, chắt nước đóng chai. Pha nước đá hoặc soda.",
        BOTTLES, HOMEMADE[:4], 1100, 90_000, 150_000, ("juice", "grapes"), (6, 7, 8, 9),
    ),
    Archetype(
        "nuoc-trai-cay", "Sữa bắp",
        "Bắp nếp nấu xay cùng sữa, ít đường. Giao lạnh, dùng trong ba ngày.",
        BOTTLES[:3], HOMEMADE[:4], 1000, 40_000, 65_000, ("milk", "corn"), (),
    ),
    Archetype(
        "ruou-que", "Rượu nếp than",
        "Nếp than ủ men lá, chưng một lần. Chỉ bán cho người đủ 18 tuổi.",
        BOTTLES, (*HOMEMADE[:2], "ủ sáu tháng", "hạ thổ"), 1000, 90_000, 160_000, ("bottle", "blueberries"), (), 3,
    ),
    Archetype(
        "ruou-que", "Rượu mận Phong Điền",
        "Rượu trái mận chưng cất theo lối nhà vườn, hương trái cây nhẹ. Chỉ bán cho người đủ 18 tuổi.",
        BOTTLES, (*HOMEMADE[:2], "ủ sáu tháng", "hạ thổ"), 1000, 120_000, 200_000, ("beer", "apple"), (), 3,
    ),
)
