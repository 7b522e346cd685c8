"""Goods by the file: send it, look at its columns, see what is wrong, bring it in, take it back."""

from __future__ import annotations

from marketplace.base.text import Text
from marketplace.importing.rules import COLUMNS
from marketplace.importing.state import FilesState
from marketplace.ui.blocks import folded_panel, panel, panel_title
from marketplace.ui.forms import OUTLINE, PRIMARY, form_problem, problem_text
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, joined, say, when
from marketplace.ui.page import BARE_FIRST_VIEW, Page, inner_link, live_page
from marketplace.ui.seller import seller_frame, title_below

TITLE = Text("Nhập hàng từ tệp", "Goods by the file")
GOODS = Text("Hàng", "Goods")
ALL_FILES = Text("Nhập hàng từ tệp", "Goods by the file")
INTRO = Text(
    "Đăng hay sửa hàng trăm món một lần từ Excel hoặc CSV. Tệp được kiểm tra trước; chưa bấm “Đưa lên gian hàng” thì chưa gì "
    "thay đổi.",
    "Add or change hundreds of goods at once from Excel or CSV. The file is checked first; nothing changes until you say so.",
)
TEMPLATE = Text("Tải tệp mẫu", "Get the template")
EXPORT = Text("Xuất Excel", "Goods as Excel")
EXPORT_CSV = Text("Xuất CSV", "Goods as CSV")
FILE = Text("Tệp hàng hóa (.xlsx hoặc .csv)", "File of goods (.xlsx or .csv)")
FILE_HINT = Text("Nhiều nhất 10.000 dòng, 12 MB.", "At most 10,000 rows and 12 MB.")
PHOTOS = Text("Ảnh trong một tệp .zip, nếu có", "Photos in one .zip, if any")
PHOTOS_HINT = Text(
    "Cột Ảnh của tệp ghi tên từng ảnh. Nhiều nhất 48 MB và 500 ảnh.",
    "The file names them in its column of photos. At most 48 MB and 500 photos.",
)
SEND = Text("Gửi tệp", "Send the file")
RECENT = Text("Các tệp gần đây", "Recent files")
COLUMNS_TITLE = Text("Mỗi cột là gì?", "What is each column?")
COLUMNS_HINT = Text(
    "Chợ đã đoán theo tên cột. Hãy xem lại, sửa chỗ chưa đúng.", "Guessed by the headings. Look them over and mend what is not right."
)  # fmt: skip
LEAVE_OUT = Text("— Bỏ qua cột này —", "— Leave this column out —")
DECIMAL = Text("Số lẻ viết thế nào?", "How are decimals written?")
COMMA = Text("1,5 (dấu phẩy), hàng nghìn 1.500", "1,5 (comma), thousands 1.500")
POINT = Text("1.5 (dấu chấm), hàng nghìn 1,500", "1.5 (point), thousands 1,500")
CHECK = Text("Kiểm tra thử", "Check it")
RESULT = Text("Kết quả kiểm tra", "What was found")
NEW_GOODS = Text("hàng mới", "new")
CHANGED_GOODS = Text("sẽ sửa", "to change")
SAME_GOODS = Text("không đổi", "unchanged")
TO_MEND = Text("cần sửa", "to mend")
APPLY = Text("Đưa {count} sản phẩm lên gian hàng", "Bring {count} products into my shop")
NOTHING_GOOD = Text(
    "Chưa có sản phẩm nào đưa lên được. Hãy sửa tệp rồi gửi lại.", "Nothing can go in yet. Mend the file and send it again."
)  # fmt: skip
NOTHING_NEW = Text(
    "Tệp giống hệt gian hàng, không có gì để sửa.", "The file says what is already so; nothing to change."
)
BACK_TO_COLUMNS = Text("Xem lại các cột", "Back to the columns")
FAULTS = Text("Những chỗ cần sửa", "What to mend")
FAULTS_FILE = Text("Tải các dòng cần sửa", "Get the rows to mend")
FAULTS_HINT = Text(
    "Tệp tải về giống tệp đã gửi, thêm một cột ghi chỗ sai. Sửa xong gửi lại tệp đó.",
    "The file is like yours, with a column that says what is wrong. Mend it and send that one.",
)
MORE_FAULTS = Text("và {count} chỗ nữa, có trong tệp tải về", "and {count} more, all in that file")
ROW = Text("Dòng", "Row")
COLUMN = Text("Cột", "Column")
WRONG = Text("Cần sửa", "To mend")
DONE = Text("Đã xong", "Done")
MADE = Text("đăng mới", "new")
CHANGED = Text("đã sửa", "changed")
UNDO = Text("Rút lại cả tệp này", "Take this whole file back")
UNDO_WHY = Text(
    "Hàng mới sẽ tạm ngưng bán, hàng đã sửa trở lại như trước. Món nào đã có đơn hoặc được sửa sau đó thì giữ nguyên. Rút lại được "
    "đến ngày {until}.",
    "New goods go off the market, changed ones become as before. What was ordered or changed since stays. You can until {until}.",
)
UNDO_SURE = Text("Rút lại", "Take it back")
TAKEN_BACK = Text("đã rút lại", "taken back")
LEFT = Text("giữ nguyên", "left")
LEFT_WHY = Text(
    "Những món này đã có đơn hoặc được sửa sau khi nhập nên giữ nguyên:", "These were ordered or changed since, and were left:"
)  # fmt: skip
SEE_GOODS = Text("Xem hàng của tôi", "See my goods")
ANOTHER = Text("Gửi tệp khác", "Send another file")
LEAVE_OPEN = Text("Bạn có thể rời trang này, việc vẫn chạy tiếp.", "You may leave this page; it goes on.")


def _file_input(label: Text, hint: Text, name: str, accept: str, *, needed: bool) -> Node:
    return h.div(
        h.label(label, html_for=name, class_name="font-semibold text-sm"),
        h.input(
            type="file",
            id=name,
            name=name,
            accept=accept,
            required=needed,
            aria_describedby=f"hint-{name} problem-{name}",
            class_name="block w-full text-base rounded-field border border-base-300 bg-base-100 min-h-11 "
            "file:min-h-11 file:px-4 file:mr-3 file:border-0 file:bg-base-300 file:text-base-content file:font-semibold",
        ),
        h.p(hint, id=f"hint-{name}", class_name="text-sm text-quiet"),
        problem_text(FilesState.problems.get(name, ""), name),
        class_name="space-y-1",
    )


def _download(symbol: str, label: Text, href: Node, more: str = "") -> Node:
    return h.a(icon(symbol, "size-4"), label, href=href, class_name=f"{OUTLINE} {more}")


def _start(page: Node) -> Node:
    return h.div(
        h.p(INTRO, class_name="text-quiet"),
        h.div(
            _download("download", TEMPLATE, "/seller/products/import/template.xlsx", "max-sm:col-span-2"),
            _download("download", EXPORT, "/seller/products/export.xlsx"),
            _download("download", EXPORT_CSV, "/seller/products/export.csv"),
            class_name="grid grid-cols-2 gap-3 sm:flex sm:flex-wrap",
        ),
        panel(
            h.form(
                _file_input(
                    FILE, FILE_HINT, "file", ".xlsx,.csv,.txt,.tsv,text/csv,text/plain,"
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", needed=True,
                ),
                _file_input(PHOTOS, PHOTOS_HINT, "photos", ".zip,application/zip", needed=False),
                h.button(SEND, type="submit", class_name=f"{PRIMARY} w-full sm:w-auto"),
                action="/seller/products/import",
                method="post",
                enc_type="multipart/form-data",
                class_name="space-y-4",
            ),
        ),
        when(
            filled(page.recent),
            panel(
                panel_title(RECENT, "clock"),
                h.ul(each(page.recent, _recent), class_name="divide-y divide-base-300 -mb-2"),
                class_name="space-y-2",
            ),
        ),
        class_name="space-y-4",
    )  # fmt: skip


def _recent(line: Node) -> Node:
    return h.li(
        h.a(
            h.span(
                h.span(line.name, class_name="block font-semibold truncate"),
                h.span(line.at, " · ", line.state_text, class_name="block text-sm text-quiet"),
                h.span(line.summary, class_name="block text-sm text-quiet"),
                class_name="min-w-0 flex-1",
            ),
            icon("forward", "size-4 text-quiet"),
            href=line.href,
            class_name="flex items-center gap-3 min-h-14 py-2 hover:text-primary",
        ),
        key=line.id.to_string(),
    )


def _column(column: Node) -> Node:
    name = joined("column_", column.place)
    return h.li(
        h.div(
            h.label(column.header, html_for=name, class_name="font-semibold block break-words"),
            h.p(column.sample, class_name="text-sm text-quiet line-clamp-2 break-words"),
            class_name="min-w-0",
        ),
        h.select(
            h.option(LEAVE_OUT, value=""),
            *(h.option(one.name, value=one.column.value) for one in COLUMNS),
            id=name,
            name=name,
            default_value=column.chosen,
            class_name="select w-full h-11 text-base",
        ),
        key=column.place,
        class_name="grid sm:grid-cols-2 gap-2 sm:gap-4 sm:items-center py-3",
    )


def _matching(file: Node) -> Node:
    return panel(
        h.form(
            h.div(
                panel_title(COLUMNS_TITLE),
                h.p(COLUMNS_HINT, class_name="text-quiet text-sm"),
                class_name="space-y-1",
            ),
            h.ul(each(file.columns, _column), class_name="divide-y divide-base-300"),
            h.div(
                h.label(DECIMAL, html_for="decimal", class_name="font-semibold text-sm"),
                h.select(
                    h.option(COMMA, value="vi"),
                    h.option(POINT, value="en"),
                    id="decimal",
                    name="decimal",
                    default_value=file.decimal,
                    class_name="select w-full h-11 text-base",
                ),
                class_name="space-y-1",
            ),
            problem_text(FilesState.problems.get("columns", ""), "columns"),
            h.button(CHECK, type="submit", class_name=f"{PRIMARY} w-full sm:w-auto"),
            on_submit=FilesState.check,
            custom_attrs={"data-once": FilesState.answered},
            class_name="space-y-4",
        ),
        key=file.id.to_string(),
    )


def _working(file: Node) -> Node:
    return panel(
        h.p(file.stage_text, class_name="font-semibold", role="status"),
        h.progress(
            value=file.percent, max="100", aria_label=file.stage_text, class_name="progress progress-primary w-full h-3"
        ),
        h.p(file.progress_text, class_name="num text-sm"),
        h.p(LEAVE_OPEN, class_name="text-sm text-quiet"),
        class_name="space-y-3",
    )


def _count(number: Node, label: Text, tone: str = "") -> Node:
    return h.div(
        h.dd(number, class_name=f"num text-2xl font-semibold {tone}"),
        h.dt(label, class_name="text-sm text-quiet"),
        class_name="flex flex-col-reverse rounded-box bg-base-200 p-3 text-center",
    )


def _counts(*counts: Node) -> Node:
    return h.dl(*counts, class_name="grid grid-cols-2 sm:grid-cols-4 gap-3 [&>div]:flex-col")


def _checked(file: Node) -> Node:
    return panel(
        panel_title(RESULT),
        _counts(
            _count(file.new, NEW_GOODS, "text-primary"),
            _count(file.existing, CHANGED_GOODS, "text-primary"),
            _count(file.same, SAME_GOODS),
            _count(file.faulty, TO_MEND, "text-error"),
        ),
        form_problem(FilesState.problem),
        when(
            file.good > 0,
            h.button(
                say(APPLY, count=file.good.to_string()),
                type="button",
                on_click=FilesState.apply,
                class_name=f"{PRIMARY} w-full sm:w-auto",
            ),
            when(
                file.faulty > 0, h.p(NOTHING_GOOD, class_name="font-semibold"), h.p(NOTHING_NEW, class_name="font-semibold")
            ),
        ),
        h.button(
            BACK_TO_COLUMNS, type="button", on_click=FilesState.change_columns, class_name=f"{OUTLINE} w-full sm:w-auto"
        ),
        class_name="space-y-4 [&>button+button]:sm:ml-3",
    )  # fmt: skip


def _applied(file: Node) -> Node:
    return h.div(
        panel(
            panel_title(DONE, "check"),
            _counts(
                _count(file.made, MADE, "text-primary"),
                _count(file.changed, CHANGED, "text-primary"),
                _count(file.same, SAME_GOODS),
                _count(file.faulty, TO_MEND, "text-error"),
            ),
            h.div(
                inner_link(SEE_GOODS, to="/seller/products", class_name=f"{PRIMARY} flex-1 sm:flex-none"),
                h.a(ANOTHER, href="/seller/products/import", class_name=f"{OUTLINE} flex-1 sm:flex-none"),
                class_name="flex flex-wrap gap-3",
            ),
            class_name="space-y-4",
        ),
        form_problem(FilesState.problem),
        when(
            file.can_undo,
            folded_panel(
                UNDO,
                h.p(say(UNDO_WHY, until=file.undo_until)),
                h.button(UNDO_SURE, type="button", on_click=FilesState.undo, class_name=OUTLINE),
            ),
        ),
        class_name="space-y-4",
    )


def _name(name: Node) -> Node:
    return h.li(name)


def _undone(file: Node) -> Node:
    return panel(
        panel_title(file.stage_text, "check"),
        _counts(_count(file.taken_back, TAKEN_BACK), _count(file.left, LEFT)),
        when(
            filled(file.left_names),
            h.div(
                h.p(LEFT_WHY),
                h.ul(each(file.left_names, _name), class_name="list-disc pl-5 text-sm break-words"),
                class_name="space-y-2",
            ),
        ),
        h.a(ANOTHER, href="/seller/products/import", class_name=f"{OUTLINE} w-full sm:w-auto"),
        class_name="space-y-4",
    )


def _fault(fault: Node) -> Node:
    return h.tr(
        h.td(fault.row, class_name="num align-top py-2 pr-3 text-right"),
        h.td(
            h.span(fault.column, class_name="block font-semibold break-words"),
            h.span(fault.typed, class_name="block text-sm text-quiet break-all"),
            class_name="align-top py-2 pr-3",
        ),
        h.td(fault.text, class_name="align-top py-2 break-words"),
        class_name="border-t border-base-300",
    )


def _faults(file: Node) -> Node:
    head = "py-2 pr-3 text-left text-sm text-quiet font-semibold"
    return panel(
        h.div(
            panel_title(FAULTS, "warning"),
            _download("download", FAULTS_FILE, file.faults_href, "w-full sm:w-auto"),
            class_name="flex flex-wrap gap-3 items-center justify-between",
        ),
        h.p(FAULTS_HINT, class_name="text-sm text-quiet"),
        h.table(
            h.thead(
                h.tr(
                    h.th(ROW, scope="col", class_name=f"{head} text-right w-14"),
                    h.th(COLUMN, scope="col", class_name=f"{head} w-[32%]"),
                    h.th(WRONG, scope="col", class_name=head),
                )
            ),
            h.tbody(each(file.faults, _fault)),
            class_name="w-full table-fixed",
        ),
        when(
            file.more_faults > 0,
            h.p(say(MORE_FAULTS, count=file.more_faults.to_string()), class_name="text-sm text-quiet"),
        ),
        class_name="space-y-3",
    )


def _opened(file: Node) -> Node:
    moving = (file.state == "checking") | (file.state == "applying") | (file.state == "undoing")
    return h.div(
        when(
            file.state == "matching",
            _matching(file),
            when(
                moving,
                _working(file),
                when(
                    file.state == "checked",
                    _checked(file),
                    when(file.state == "applied", _applied(file), _undone(file)),
                ),
            ),
        ),
        when(
            filled(file.faults) & ((file.state == "checked") | (file.state == "applied")),
            _faults(file),
        ),
        class_name="space-y-4",
    )


def files_content(page: Node) -> Node:
    """Files of goods, or the one that is open."""
    return seller_frame(
        when(
            page.open,
            title_below(
                ALL_FILES,
                "/seller/products/import",
                page.file.name,
                under=h.span(page.file.rows_text, " · ", page.file.stage_text),
            ),
            title_below(GOODS, "/seller/products", TITLE, under=page.store_name),
        ),
        when(page.open, _opened(page.file), h.div(form_problem(FilesState.problem), _start(page))),
        active="goods",
    )


PAGES = (
    Page(
        "/seller/products/import",
        lambda: live_page(FilesState, files_content),
        FilesState.load,
        TITLE,
        first_view=BARE_FIRST_VIEW,
    ),
)
