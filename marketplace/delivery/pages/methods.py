"""Ways of delivery: the list of them, and the form of one."""

from __future__ import annotations

import reflex as rx

from marketplace.base.text import Text
from marketplace.delivery.rules import Tariff, Zone
from marketplace.delivery.state import DeliveryState
from marketplace.places.choosing import commune_input
from marketplace.ui.blocks import panel, panel_title
from marketplace.ui.forms import OUTLINE, PRIMARY, QUIET, choice, field, form_problem, text_area
from marketplace.ui.icons import icon
from marketplace.ui.markup import Node, each, filled, h, say, when
from marketplace.ui.page import FirstProblem

WAYS = Text("Cách giao hàng", "Ways of delivery")
ADD = Text("Thêm cách tự giao cho xã, phường khác", "Add own delivery for other communes")
EDIT = Text("Sửa", "Change")
ON, OFF = Text("Đang dùng", "On"), Text("Đang tắt", "Off")
REMOVE = Text("Bỏ cách này", "Remove")
REACH = Text("Giao đến đâu", "How far")
ADD_COMMUNE = Text("Thêm xã, phường", "Add a commune")
CHOSEN = Text("Các xã, phường đã chọn", "Communes chosen")
DROP = Text("Bỏ {name}", "Leave out {name}")
TARIFF = Text("Cách tính phí", "How the fee is reckoned")
BASE_FEE = Text("Phí giao (kg đầu)", "Fee (first kilogram)")
KILOGRAM_FEE = Text("Mỗi kg sau thêm", "Each further kilogram")
FREE_ABOVE = Text("Miễn phí từ tiền hàng", "Free from goods of")
DAYS_FROM, DAYS_TO = Text("Sớm nhất sau (ngày)", "Earliest, days"), Text("Muộn nhất sau (ngày)", "Latest, days")
DAYS_HINT = Text("Tính từ khi bạn nhận đơn; 0 là trong ngày.", "From your acceptance; 0 is the same day.")
CUTOFF = Text("Giờ chốt đơn trong ngày", "Cut-off hour")
CUTOFF_HINT = Text("Đơn đặt từ giờ này tính sang ngày hôm sau.", "Orders from this hour on count as of the next day.")
BANDS = {
    "bands_commune": Text("Trong xã, phường", "Within the commune"),
    "bands_province": Text("Trong tỉnh, thành phố", "Within the province"),
    "bands_country": Text("Cả nước", "Nationwide"),
}
BANDS_HINT = Text(
    "Mỗi dòng một mức: “2 = 25.000” là đến 2 kg giá 25.000 ₫. Vùng để trống tính theo vùng xa hơn; nặng quá mức cuối thì không nhận.",
    "One band a line: “2 = 25.000” is up to 2 kg for 25.000 ₫. An empty zone takes the next farther one; heavier parcels are refused.",
)
SAVE = Text("Lưu cách giao này", "Save this way")
CANCEL = Text("Thôi", "Cancel")


def _problem(name: str) -> Node:
    return DeliveryState.problems.get(name, "")


def _method(method: Node) -> Node:
    return h.li(
        h.div(
            h.h3(method.label, class_name="font-semibold"),
            h.label(
                h.input(
                    type="checkbox",
                    checked=method.active,
                    on_change=lambda _: DeliveryState.turn_method(method.code),
                    aria_label=method.label + ": " + method.reach,
                    class_name="checkbox checkbox-primary",
                ),
                h.span(when(method.active, ON, OFF), class_name="text-sm"),
                class_name="flex items-center gap-2 min-h-11 cursor-pointer",
            ),
            class_name="flex items-center justify-between gap-3",
        ),
        h.p(method.reach, class_name="text-sm"),
        h.p(method.fee_text, class_name="num text-sm text-quiet"),
        h.p(method.days_text, class_name="text-sm text-quiet"),
        h.div(
            h.button(
                EDIT,
                h.span(" ", method.label, ", ", method.reach, class_name="sr-only"),
                type="button",
                on_click=DeliveryState.open_method(method.code),
                class_name=OUTLINE,
            ),
            when(
                method.removable,
                h.button(
                    REMOVE,
                    h.span(" ", method.reach, class_name="sr-only"),
                    type="button",
                    on_click=DeliveryState.remove_method(method.code),
                    class_name=f"{QUIET} text-error",
                ),
            ),
            class_name="flex flex-wrap gap-2 pt-2",
        ),
        key=method.code,
        class_name="py-4",
    )


def method_list(page: Node) -> Node:
    """All ways of the shop, each with its switch."""
    return panel(
        panel_title(WAYS, "truck"),
        h.ul(each(page.own.methods, _method), class_name="divide-y divide-base-300"),
        h.button(
            icon("plus"),
            ADD,
            type="button",
            on_click=DeliveryState.open_method(""),
            class_name=f"{OUTLINE} w-full",
        ),
    )


def _communes(form: Node) -> Node:
    return h.div(
        commune_input(DeliveryState, _problem("commune")),
        when(
            filled(form.communes),
            h.ul(
                each(
                    form.communes,
                    lambda one: h.li(
                        h.span(one.name),
                        h.button(
                            icon("close", "size-4"),
                            h.span(say(DROP, name=one.name), class_name="sr-only"),
                            type="button",
                            on_click=DeliveryState.drop_commune(one.code),
                            class_name="btn btn-ghost size-11 min-h-11 p-0 rounded-full",
                        ),
                        key=one.code,
                        class_name="inline-flex items-center rounded-full border border-base-300 pl-4 text-sm",
                    ),
                ),
                aria_label=CHOSEN,
                class_name="flex flex-wrap gap-2",
            ),
        ),
        class_name="space-y-3",
    )


def _amount(label: Text, name: str, value: Node, **properties: Node) -> Node:
    return field(
        label, name, problem=_problem(name), default_value=value, input_mode="numeric", max_length=20, **properties
    )


def _fees(form: Node) -> Node:
    return rx.fragment(
        h.div(
            _amount(BASE_FEE, "base_fee", form.base_fee),
            _amount(KILOGRAM_FEE, "kilogram_fee", form.kilogram_fee, optional=True),
            class_name="grid grid-cols-2 gap-3 items-end",
        ),
    )


def _tables(form: Node) -> Node:
    values = (form.bands_commune, form.bands_province, form.bands_country)
    return h.div(
        h.p(BANDS_HINT, class_name="text-sm text-quiet"),
        *(
            text_area(label, name, problem=_problem(name), optional=True, rows="4", default_value=value)
            for (name, label), value in zip(BANDS.items(), values, strict=True)
        ),
        class_name="space-y-3",
    )


def method_form(page: Node) -> Node:
    """The form of one way."""
    form = page.form
    return h.form(
        panel(
            panel_title(form.title, "truck"),
            choice(
                REACH,
                "zone",
                each(form.zones, lambda zone: h.option(zone.label, value=zone.value)),
                problem=_problem("zone"),
                default_value=form.zone,
                on_change=DeliveryState.pick_zone,
            ),
            when(form.zone == Zone.NAMED.value, _communes(form)),
            when(
                filled(form.tariffs),
                choice(
                    TARIFF,
                    "tariff",
                    each(form.tariffs, lambda one: h.option(one.label, value=one.value)),
                    problem=_problem("tariff"),
                    default_value=form.tariff,
                    on_change=DeliveryState.pick_tariff,
                ),
            ),
            when(form.tariff == Tariff.TABLE.value, _tables(form), _fees(form)),
            _amount(FREE_ABOVE, "free_above", form.free_above, optional=True),
            h.div(
                _amount(DAYS_FROM, "days_from", form.days_from),
                _amount(DAYS_TO, "days_to", form.days_to),
                class_name="grid grid-cols-2 gap-3 items-start",
            ),
            h.p(DAYS_HINT, class_name="text-sm text-quiet"),
            field(
                CUTOFF,
                "cutoff",
                problem=_problem("cutoff"),
                hint=CUTOFF_HINT,
                optional=True,
                type="time",
                default_value=form.cutoff,
            ),
            form_problem(_problem("form")),
            h.div(
                h.button(SAVE, type="submit", class_name=f"{PRIMARY} flex-1"),
                h.button(CANCEL, type="button", on_click=DeliveryState.close_form, class_name=QUIET),
                class_name="flex gap-3",
            ),
            class_name="space-y-3",
        ),
        FirstProblem.create(problems=DeliveryState.problems),
        key=page.drawn.to_string(),
        on_submit=DeliveryState.save_method,
        no_validate=True,
        custom_attrs={"data-once": DeliveryState.answered},
    )
