"""A person proves their phone, guards the account and sees where they are signed in; another needs no password."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pyotp
from playwright.sync_api import expect

from marketplace.base.messages.sending import LOG_NAME
from tests.e2e.conftest import DESK, PHONE, OpenPage, alive, go, sign_in

PASSWORD = "mùa nước nổi năm nay"


def _code(var: Path, number: str) -> str:
    """The code that came to a phone."""
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        lines = (var / LOG_NAME).read_text().splitlines() if (var / LOG_NAME).exists() else []
        to_them = [line["text"] for line in map(json.loads, lines) if line["to"] == number]
        if to_them and (found := re.search(r"\b[0-9]{6}\b", to_them[-1])):
            return found[0]
        time.sleep(0.1)
    raise AssertionError("no code came")


def test_a_person_proves_their_phone_guards_the_account_and_signs_other_devices_out(
    open_page: OpenPage, var: Path
) -> None:
    phone, desk = open_page(PHONE), open_page(DESK)
    go(phone, "/account/sign-up?next=/account/security")
    phone.fill("#name", "Lê Thị Mười")
    phone.fill("#identifier", "0977 204 815")
    phone.fill("#password", PASSWORD)
    phone.click("main button[type=submit]")
    phone.wait_for_url("**/account/security")
    alive(phone)
    expect(phone.locator("main")).to_contain_text("chưa xác minh")
    phone.get_by_role("button", name="Nhận mã xác minh").first.click()
    phone.wait_for_url("**/account/code")
    alive(phone)
    code = phone.locator("#code")
    assert (code.get_attribute("autocomplete"), code.get_attribute("inputmode")) == ("one-time-code", "numeric")
    phone.fill("#code", "x")
    phone.click("main button[type=submit]")
    expect(phone.locator("#problem-code")).to_contain_text("Còn thử được 4 lần")
    phone.fill("#code", _code(var, "+84977204815"))
    phone.click("main button[type=submit]")
    phone.wait_for_url("**/account/security")
    alive(phone)
    expect(phone.locator("main")).to_contain_text("đã xác minh")

    phone.locator("main a[href='/account/second-factor/set-up']").click()
    expect(phone.get_by_role("img", name="Mã QR")).to_be_visible()
    secret = phone.locator("main code").inner_text().replace(" ", "")
    phone.fill("#code", pyotp.TOTP(secret).now())
    phone.get_by_role("button", name="Bật").click()
    expect(phone.locator("main h1")).to_have_text("Mã dự phòng của bạn")
    recovery = phone.locator("main code").all_inner_texts()
    phone.get_by_role("link", name="Tôi đã chép").click()
    alive(phone)
    expect(phone.locator("main")).to_contain_text("Còn 10 mã dự phòng")

    go(desk, "/account/sign-in?next=/account/security")
    desk.fill("#identifier", "0977204815")
    desk.fill("#password", PASSWORD)
    desk.click("main button[type=submit]")
    desk.wait_for_url("**/account/second-factor")
    alive(desk)
    desk.fill("#code", recovery[0])
    desk.click("main button[type=submit]")
    desk.wait_for_url("**/account/security")
    alive(desk)
    expect(desk.locator("main")).to_contain_text("Còn 9 mã dự phòng")
    go(phone, "/account/security")
    phone.get_by_role("button", name="Đăng xuất mọi thiết bị khác").click()
    expect(phone.get_by_role("status").filter(has_text="Đã đăng xuất 1 thiết bị khác")).to_be_visible()
    desk.reload()
    desk.wait_for_url("**/account/sign-in**")
    go(phone, "/account")
    expect(phone.locator("main h1")).to_have_text("Lê Thị Mười")


def test_without_javascript_and_without_a_password_a_code_is_enough(open_page: OpenPage, var: Path) -> None:
    page = open_page(PHONE, scripts=False)
    page.goto("/account/sign-in-code")
    page.fill("#identifier", "0977 204 816")
    page.click("main button[type=submit]")
    assert page.url.endswith("/account/code")
    page.fill("#code", "1")
    page.click("main button[type=submit]")
    expect(page.get_by_role("alert")).to_contain_text("Còn thử được 4 lần")
    page.fill("#code", _code(var, "+84977204816"))
    page.press("#code", "Enter")
    assert page.url.endswith("/account")
    assert "sid" in {cookie["name"] for cookie in page.context.cookies()}


def test_a_shopper_picks_a_kept_place_at_checkout_and_keeps_the_new_one(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    sign_in(page, "0900 900 001", "/account/addresses")
    page.fill("#phone", "0912 345 678")
    page.fill("#commune", "ninh kieu")
    page.get_by_role("option").first.click()
    page.fill("#street", "12 hẻm 5")
    page.get_by_role("button", name="Lưu địa chỉ").click()
    expect(page.get_by_role("status").filter(has_text="Đã lưu địa chỉ")).to_be_visible()
    go(page, "/search?in_stock=1")
    page.locator("main ul a[href^='/p/']").first.click()
    page.wait_for_url("**/p/**")
    alive(page)
    page.get_by_role("button", name="Thêm vào giỏ").click()
    expect(page.get_by_role("status").filter(has_text="Đã thêm")).to_be_visible()
    go(page, "/checkout")
    # The usual place stands there already; another one is a tap away.
    expect(page.locator("#street")).to_have_value("12 hẻm 5")
    page.fill("#street", "7 bến đò")
    page.get_by_role("button", name="12 hẻm 5").click()
    expect(page.locator("#street")).to_have_value("12 hẻm 5")
    page.fill("#street", "7 bến đò")
    page.check("input[name=keep]")
    page.get_by_role("button", name="Xem hợp đồng").click()
    page.check("input[name=agree]")
    page.get_by_role("button", name="Tôi đồng ý và đặt hàng").click()
    expect(page.locator("main h1")).to_have_text("Đã đặt hàng")
    go(page, "/account/addresses")
    expect(page.locator("main li").filter(has_text="7 bến đò")).to_be_visible()


def test_an_owner_invites_a_helper_to_some_tasks_and_changes_them(open_page: OpenPage) -> None:
    owner, helper = open_page(PHONE), open_page(DESK)
    sign_in(owner, "0900 900 002", "/seller/people")
    owner.get_by_role("button", name="Tạo đường dẫn mời").click()
    link = owner.get_by_role("status").locator("p.break-all")
    expect(link).to_contain_text("/seller/join?code=")
    sign_in(helper, "0900 900 001", "/account")
    go(helper, link.inner_text())
    expect(helper.locator("main")).to_contain_text("Đơn: nhận, đóng gói, giao")
    helper.get_by_role("button", name="Tham gia").click()
    # New rights need a new sign-in.
    helper.wait_for_url("**/account/sign-in**")
    sign_in(helper, "0900 900 001", "/seller/orders")
    expect(helper.locator("main a[href^='/seller/orders/']").first).to_be_visible()
    go(owner, "/seller/people")
    form = owner.locator("form").filter(has=owner.locator("input[name=account_id]"))
    form.locator("input[name=task_goods]").check()
    form.locator("input[name=task_orders]").uncheck()
    form.get_by_role("button", name="Lưu việc được giao").click()
    expect(owner.get_by_role("status").filter(has_text="cần đăng nhập lại")).to_be_visible()
    sign_in(helper, "0900 900 001", "/seller/orders")
    expect(helper.locator("main")).to_contain_text("Chưa có đơn nào")
    # Put back as it was: other journeys use this shopper.
    go(owner, "/seller/people")
    owner.get_by_role("button", name="Cho thôi").click()
    expect(owner.get_by_role("status").filter(has_text="Đã cho thôi")).to_be_visible()
