"""What several public pages say."""

from __future__ import annotations

from marketplace.base.text import Text

HOME = Text("Trang chủ", "Home")
BREADCRUMB = Text("Đường dẫn", "Breadcrumb")
CATEGORIES = Text("Danh mục", "Categories")
POPULAR = Text("Bán chạy", "Popular")
ALL_GOODS = Text("Tất cả sản phẩm", "All products")
