"""The series and the six indicators the province is steered by, as reference data.

Targets: Decision 411/QĐ-TTg of 31/03/2022, article 1, III.1 (a) for 2025 and (b) for 2030.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from marketplace.base.text import Text
from marketplace.sellers.rules import SellerKind
from marketplace.statistics.rules.choices import Direction, Measure, Origin
from marketplace.statistics.rules.shares import Target

DECISION = "Quyết định 411/QĐ-TTg ngày 31/03/2022"

ACTIVE_DAYS = 90
CONTRACT_MONTHS = 12
TREND_MONTHS = 14
OLDEST_COUNT_YEARS = 1
"""A count of enterprises or people may stand in for the following year while the new one is not out."""

CONTRACT_KINDS = frozenset({SellerKind.ENTERPRISE, SellerKind.COOPERATIVE})
"""Kinds that count as enterprises using e-contracts: those the business register and the co-operative register list."""

SME_KINDS = frozenset({SellerKind.ENTERPRISE})
"""Kinds that count as SMEs: enterprises only (Law 04/2017/QH14, article 2)."""

MEASURES: Mapping[Measure, Text] = MappingProxyType(
    {
        Measure.DONG: Text("đồng", "đồng"),
        Measure.ENTERPRISES: Text("doanh nghiệp", "enterprises"),
        Measure.PEOPLE: Text("người", "people"),
        Measure.ORDERS: Text("đơn", "orders"),
        Measure.CONTRACTS: Text("hợp đồng", "contracts"),
        Measure.SELLERS: Text("gian hàng", "shops"),
    }
)

SECTORS: Mapping[str, Text] = MappingProxyType(
    {
        "agriculture": Text("Nông, lâm nghiệp và thủy sản", "Agriculture, forestry and fishing"),
        "industry": Text("Công nghiệp", "Industry"),
        "construction": Text("Xây dựng", "Construction"),
        "trade": Text("Bán buôn, bán lẻ", "Wholesale and retail trade"),
        "transport": Text("Vận tải, kho bãi", "Transport and storage"),
        "hospitality": Text("Lưu trú, ăn uống, du lịch", "Accommodation, food and tourism"),
        "information": Text("Thông tin, truyền thông", "Information and communication"),
        "finance": Text("Tài chính, ngân hàng, bảo hiểm", "Finance, banking and insurance"),
        "education": Text("Giáo dục, đào tạo", "Education and training"),
        "health": Text("Y tế, trợ giúp xã hội", "Health and social work"),
        "other_services": Text("Dịch vụ khác", "Other services"),
    }
)
"""Groups of economic activity the digital economy is reported for, after the sections of VSIC."""


@dataclass(frozen=True, slots=True)
class Series:
    """A row of figures: what it counts, who makes it and by which rule.

    `lasting` series are counts that hold until the next one (enterprises, people); the others sum over their period.
    """

    code: str
    name: Text
    origin: Origin
    measure: Measure
    rule: Text
    lasting: bool = False
    by_sector: bool = False


def _by_code(*series: Series) -> Mapping[str, Series]:
    return MappingProxyType({one.code: one for one in series})


OUTSIDE_SERIES = _by_code(
    Series(
        "ecommerce_sales",
        Text("Doanh số bán lẻ thương mại điện tử", "Retail e-commerce sales"),
        Origin.OUTSIDE,
        Measure.DONG,
        Text("Toàn tỉnh, mọi nền tảng, theo cơ quan công bố.", "The whole province, every platform, as published."),
    ),
    Series(
        "retail_sales",
        Text(
            "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng",
            "Total retail sales of goods and consumer services",
        ),
        Origin.OUTSIDE,
        Measure.DONG,
        Text("Theo cơ quan thống kê, giá hiện hành.", "As the statistics office publishes it, at current prices."),
    ),
    Series(
        "enterprises",
        Text("Doanh nghiệp và hợp tác xã đang hoạt động", "Enterprises and co-operatives in operation"),
        Origin.OUTSIDE,
        Measure.ENTERPRISES,
        Text("Số đơn vị đang hoạt động ở cuối kỳ.", "In operation at the end of the period."),
        lasting=True,
    ),
    Series(
        "smes",
        Text("Doanh nghiệp nhỏ và vừa đang hoạt động", "Small and medium-sized enterprises in operation"),
        Origin.OUTSIDE,
        Measure.ENTERPRISES,
        Text("Số đơn vị đang hoạt động ở cuối kỳ.", "In operation at the end of the period."),
        lasting=True,
    ),
    Series(
        "digital_value_added",
        Text("Giá trị tăng thêm của kinh tế số", "Value added of the digital economy"),
        Origin.OUTSIDE,
        Measure.DONG,
        Text("Theo cơ quan thống kê, giá hiện hành.", "As the statistics office publishes it, at current prices."),
    ),
    Series(
        "grdp",
        Text("Tổng sản phẩm trên địa bàn (GRDP)", "Gross regional domestic product"),
        Origin.OUTSIDE,
        Measure.DONG,
        Text("Theo cơ quan thống kê, giá hiện hành.", "As the statistics office publishes it, at current prices."),
    ),
    Series(
        "sector_digital_value_added",
        Text("Giá trị tăng thêm của kinh tế số trong ngành", "Value added of the digital economy in a sector"),
        Origin.OUTSIDE,
        Measure.DONG,
        Text("Của từng ngành, giá hiện hành.", "Of each sector, at current prices."),
        by_sector=True,
    ),
    Series(
        "sector_value_added",
        Text("Giá trị tăng thêm của ngành", "Value added of a sector"),
        Origin.OUTSIDE,
        Measure.DONG,
        Text("Của từng ngành, giá hiện hành.", "Of each sector, at current prices."),
        by_sector=True,
    ),
    Series(
        "digital_workforce",
        Text("Lao động kinh tế số", "Workers in the digital economy"),
        Origin.OUTSIDE,
        Measure.PEOPLE,
        Text("Số người ở cuối kỳ.", "People at the end of the period."),
    ),
    Series(
        "workforce",
        Text("Lực lượng lao động", "Workforce"),
        Origin.OUTSIDE,
        Measure.PEOPLE,
        Text("Từ 15 tuổi trở lên, ở cuối kỳ.", "Aged 15 and over, at the end of the period."),
    ),
)

PUBLIC_SERIES = _by_code(
    Series(
        "orders_placed",
        Text("Đơn hàng đã đặt", "Orders placed"),
        Origin.PLATFORM,
        Measure.ORDERS,
        Text(
            "Đếm theo lúc đặt, kể cả đơn sau đó bị huỷ hoặc hết hạn.",
            "By time of ordering, later canceled or expired ones included.",
        ),
    ),
    Series(
        "contracts_concluded",
        Text("Hợp đồng đã giao kết", "Contracts concluded"),
        Origin.PLATFORM,
        Measure.CONTRACTS,
        Text(
            "Đếm theo lúc người bán nhận đơn, kể cả hợp đồng sau đó chấm dứt.",
            "By time of the seller's acceptance, later terminated ones included.",
        ),
    ),
    Series(
        "value_confirmed",
        Text("Giá trị hàng đã nhận đơn", "Value of goods confirmed"),
        Origin.PLATFORM,
        Measure.DONG,
        Text(
            "Tiền hàng, không gồm phí giao, theo lúc người bán nhận đơn.",
            "Goods without delivery fees, by time of the seller's acceptance.",
        ),
    ),
    Series(
        "value_completed",
        Text("Giá trị hàng đã bán xong", "Value of goods sold"),
        Origin.PLATFORM,
        Measure.DONG,
        Text(
            "Tiền hàng, không gồm phí giao, của đơn đã giao và đã thu tiền, theo lúc hoàn tất.",
            "Goods without delivery fees of orders delivered and paid, by time of completion.",
        ),
    ),
    Series(
        "active_sellers",
        Text("Gian hàng hoạt động", "Active shops"),
        Origin.PLATFORM,
        Measure.SELLERS,
        Text(
            "Gian hàng có ít nhất một đơn đã nhận hoặc hoàn tất trong 90 ngày, tính đến cuối kỳ.",
            "Shops with at least one order confirmed or completed in the 90 days up to the end of the period.",
        ),
        lasting=True,
    ),
)

NUMERATORS = _by_code(
    Series(
        "enterprises_with_contracts",
        Text(
            "Doanh nghiệp và hợp tác xã đã giao kết hợp đồng trên Chợ Quê",
            "Enterprises and co-operatives with contracts on Chợ Quê",
        ),
        Origin.PLATFORM,
        Measure.ENTERPRISES,
        Text(
            "Có ít nhất một hợp đồng giao kết trong 12 tháng, tính đến cuối kỳ.",
            "With at least one contract concluded in the twelve months up to the end of the period.",
        ),
        lasting=True,
    ),
    Series(
        "active_smes",
        Text("Doanh nghiệp có gian hàng hoạt động trên Chợ Quê", "Enterprises with an active shop on Chợ Quê"),
        Origin.PLATFORM,
        Measure.ENTERPRISES,
        Text(
            "Có ít nhất một đơn đã nhận hoặc hoàn tất trong 90 ngày, tính đến cuối kỳ.",
            "With at least one order confirmed or completed in the 90 days up to the end of the period.",
        ),
        lasting=True,
    ),
)

SERIES: Mapping[str, Series] = MappingProxyType({**OUTSIDE_SERIES, **PUBLIC_SERIES, **NUMERATORS})


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as it is written down: what it means, how it is made, what is counted, and what it should reach."""

    code: str
    name: Text
    formula: Text
    inclusion: Text
    source: Text
    numerator: str
    denominator: str
    targets: tuple[Target, ...]
    direction: Direction = Direction.ABOVE


_STATISTICS_OFFICE = Text(
    "Cơ quan thống kê, do cán bộ tỉnh nhập kèm văn bản", "Statistics office, entered by staff with the document"
)
_BOTH = Text(
    "Tử số do Chợ Quê đếm; mẫu số của cơ quan thống kê hoặc cơ quan đăng ký kinh doanh",
    "Numerator counted by Chợ Quê; denominator of the statistics office or the business register",
)

INDICATORS: tuple[Definition, ...] = (
    Definition(
        "ecommerce_retail",
        Text("Thương mại điện tử trong tổng mức bán lẻ", "E-commerce in total retail sales"),
        Text(
            "Doanh số bán lẻ thương mại điện tử ÷ tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng, cùng kỳ.",
            "Retail e-commerce sales ÷ total retail sales of goods and consumer services of the same period.",
        ),
        Text(
            "Cả hai số đều từ bên ngoài. Phần bán qua Chợ Quê chỉ đặt bên cạnh để đối chiếu, không cộng vào.",
            "Both figures come from outside. What is sold on Chợ Quê stands beside them to compare and is not added.",
        ),
        _STATISTICS_OFFICE,
        "ecommerce_sales",
        "retail_sales",
        (Target(2025, 1000, strict=True), Target(2030, 2000, strict=True)),
    ),
    Definition(
        "enterprise_contracts",
        Text("Doanh nghiệp dùng hợp đồng điện tử", "Enterprises using electronic contracts"),
        Text(
            "Doanh nghiệp và hợp tác xã có hợp đồng giao kết trên Chợ Quê ÷ doanh nghiệp và hợp tác xã đang hoạt động.",
            "Enterprises and co-operatives with a contract concluded on Chợ Quê ÷ those in operation.",
        ),
        Text(
            "Mỗi doanh nghiệp, hợp tác xã tính một lần nếu có ít nhất một hợp đồng giao kết trong 12 tháng gần nhất, "
            "kể cả hợp đồng sau đó chấm dứt. Hộ kinh doanh và nhà vườn không tính. Hợp đồng ký ở nơi khác chưa nhìn "
            "thấy được, nên tỷ lệ thật có thể cao hơn.",
            "Each enterprise or co-operative counts once if it concluded at least one contract in the last twelve "
            "months, later terminated ones included. Household businesses and farms do not count. Contracts signed "
            "elsewhere cannot be seen here, so the true share may be higher.",
        ),
        _BOTH,
        "enterprises_with_contracts",
        "enterprises",
        (Target(2025, 8000, strict=True), Target(2030, 10_000)),
    ),
    Definition(
        "sme_platforms",
        Text("Doanh nghiệp nhỏ và vừa dùng nền tảng số", "SMEs using digital platforms"),
        Text(
            "Doanh nghiệp có gian hàng hoạt động trên Chợ Quê ÷ doanh nghiệp nhỏ và vừa đang hoạt động.",
            "Enterprises with an active shop on Chợ Quê ÷ SMEs in operation.",
        ),
        Text(
            "Hoạt động là có ít nhất một đơn đã nhận hoặc hoàn tất trong 90 ngày gần nhất; tài khoản và tin đăng "
            "không tính. Chỉ tính doanh nghiệp (Luật Hỗ trợ doanh nghiệp nhỏ và vừa 04/2017/QH14); hợp tác xã, "
            "hộ kinh doanh và nhà vườn không tính. Quy mô chưa được hỏi khi mở gian hàng, nên mọi doanh nghiệp ở đây "
            "được coi là nhỏ và vừa. Việc bán trên nền tảng khác chưa nhìn thấy được.",
            "Active means at least one order confirmed or completed in the last 90 days; accounts and listings do not "
            "count. Only enterprises count (Law 04/2017/QH14 on supporting SMEs); co-operatives, household businesses "
            "and farms do not. Size is not asked yet, so every enterprise here is taken for small or medium. Sales on "
            "other platforms cannot be seen here.",
        ),
        _BOTH,
        "active_smes",
        "smes",
        (Target(2025, 5000, strict=True), Target(2030, 7000, strict=True)),
    ),
    Definition(
        "digital_grdp",
        Text("Kinh tế số trong GRDP", "Digital economy in GRDP"),
        Text(
            "Giá trị tăng thêm của kinh tế số ÷ GRDP, cùng kỳ.",
            "Value added of the digital economy ÷ GRDP of the same period.",
        ),
        Text("Cả hai số đều từ bên ngoài, giá hiện hành.", "Both figures come from outside, at current prices."),
        _STATISTICS_OFFICE,
        "digital_value_added",
        "grdp",
        (Target(2025, 2000), Target(2030, 3000)),
    ),
    Definition(
        "digital_sectors",
        Text("Kinh tế số trong từng ngành, lĩnh vực", "Digital economy in every sector"),
        Text(
            "Với mỗi ngành: giá trị tăng thêm của kinh tế số ÷ giá trị tăng thêm của ngành, cùng kỳ. "
            "Chỉ tiêu lấy ngành thấp nhất.",
            "For each sector: value added of the digital economy ÷ value added of the sector in the same period. "
            "The indicator is that of the lowest sector.",
        ),
        Text(
            "Chỉ đạt khi mọi ngành đều có số liệu và đều đạt. Ngành chưa có số liệu được nêu tên.",
            "Reached only when every sector has figures and reaches the target. Sectors without figures are named.",
        ),
        _STATISTICS_OFFICE,
        "sector_digital_value_added",
        "sector_value_added",
        (Target(2025, 1000), Target(2030, 2000)),
    ),
    Definition(
        "digital_workforce",
        Text("Lao động kinh tế số trong lực lượng lao động", "Digital-economy workers in the workforce"),
        Text(
            "Lao động kinh tế số ÷ lực lượng lao động, cùng kỳ.",
            "Workers in the digital economy ÷ workforce of the same period.",
        ),
        Text("Cả hai số đều từ bên ngoài.", "Both figures come from outside."),
        _STATISTICS_OFFICE,
        "digital_workforce",
        "workforce",
        (Target(2025, 200, strict=True), Target(2030, 300, strict=True)),
    ),
)
