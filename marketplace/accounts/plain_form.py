"""The form again, with what was typed and what is wrong, for a browser without JavaScript.

A redirect back would lose the typing or carry a phone number in the address; so the refusal itself is a page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi import Response
from jinja2 import Environment

from marketplace.base.errors import DomainError, InvalidInputs
from marketplace.base.text import Text

CONTINUE = Text("Tiếp tục", "Go on")


@dataclass(frozen=True, slots=True)
class Entry:
    """An input of a form."""

    label: Text
    type: str = "text"
    required: bool = True
    extra: tuple[tuple[str, str], ...] = ()
    """Attributes that phones and password managers read."""


IDENTIFIER = Entry(Text("Số điện thoại hoặc e-mail", "Phone number or e-mail"), extra=(("autocomplete", "username"),))
NEW_PASSWORD = Entry(Text("Mật khẩu mới", "New password"), "password", extra=(("autocomplete", "new-password"),))
CODE = Entry(Text("Mã", "Code"), extra=(("autocomplete", "one-time-code"), ("inputmode", "numeric")))
FORMS: dict[str, tuple[Text, dict[str, Entry]]] = {
    "/account/sign-in": (
        Text("Đăng nhập", "Sign in"),
        {
            "identifier": IDENTIFIER,
            "password": Entry(Text("Mật khẩu", "Password"), "password", extra=(("autocomplete", "current-password"),)),
        },
    ),
    "/account/sign-up": (
        Text("Tạo tài khoản", "Create an account"),
        {
            "name": Entry(Text("Họ và tên", "Your name")),
            "identifier": IDENTIFIER,
            "password": replace(
                NEW_PASSWORD, label=Text("Mật khẩu (không bắt buộc)", "Password (optional)"), required=False
            ),
        },
    ),
    "/account/code": (Text("Nhận mã đăng nhập", "Get a sign-in code"), {"identifier": IDENTIFIER}),
    "/account/code/check": (Text("Nhập mã", "Type the code"), {"code": CODE}),
    "/account/reset": (Text("Đặt lại mật khẩu", "Set a new password"), {"identifier": IDENTIFIER}),
    "/account/reset/code": (Text("Đặt lại mật khẩu", "Set a new password"), {"code": CODE, "password": NEW_PASSWORD}),
    "/account/prove": (Text("Xác minh", "Prove it is yours"), {"identifier": IDENTIFIER}),
    "/account/data": (Text("Tải dữ liệu của bạn", "Download your data"), {}),
    "/account/erase": (
        Text("Xóa tài khoản", "Erase the account"),
        {"agree": Entry(Text("Tôi hiểu là không lấy lại được", "I understand that there is no way back"), "checkbox")},
    ),
    "/account/second-factor": (Text("Lớp bảo vệ thứ hai", "Second factor"), {"code": CODE}),
    "/account/second-factor/codes": (Text("Mã dự phòng mới", "New recovery codes"), {"code": CODE}),
    "/account/second-factor/off": (Text("Tắt lớp bảo vệ thứ hai", "Turn the second factor off"), {"code": CODE}),
}
"""Each form's title and inputs, by where it is sent."""
SECRET = frozenset({"password", "code"})

_PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<!doctype html>
<html lang="{{ locale }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:24rem;margin:2rem auto;padding:0 1rem}
label,input,button{display:block;width:100%;box-sizing:border-box}
input,button{font:inherit;min-height:44px;margin:.25rem 0}
label{margin-top:1rem}p{color:#b3261e;margin:.25rem 0}</style></head>
<body><main><h1>{{ title }}</h1>
{% if form_problem %}
<p role="alert">{{ form_problem }}</p>
{% endif %}
<form method="post" action="{{ action }}">
{% for field in fields %}
<label for="{{ field.name }}">{{ field.label }}</label>
<input id="{{ field.name }}" name="{{ field.name }}" type="{{ field.type }}" value="{{ field.value }}"
{%- if field.required %} required{% endif %}
{%- for name, value in field.extra %} {{ name }}="{{ value }}"{% endfor %}
{%- if field.problem %} aria-invalid="true" aria-describedby="{{ field.name }}-problem"{% endif %}>
{% if field.problem %}
<p id="{{ field.name }}-problem" role="alert">{{ field.problem }}</p>
{% endif %}
{% endfor %}
<input type="hidden" name="next" value="{{ following }}">
<button>{{ button }}</button>
</form></main></body></html>
""")


def plain_form(action: str, error: DomainError, typed: dict[str, object], locale: str) -> Response:
    """The refused form as a page, every typed value kept except passwords and codes."""
    found = error.problems if isinstance(error, InvalidInputs) else [error]
    beside = {problem.field: problem.say(locale) for problem in found}
    title_text, entries = FORMS.get(action, (CONTINUE, {}))
    title = title_text.say(locale)
    page = _PAGE.render(
        locale=locale,
        title=title,
        button=title,
        action=action,
        following=_text(typed.get("next")),
        form_problem=" ".join(text for field, text in beside.items() if field not in entries),
        fields=[
            {
                "name": name,
                "label": entry.label.say(locale),
                "type": entry.type,
                "required": entry.required,
                "extra": entry.extra,
                "value": "" if name in SECRET else _text(typed.get(name)),
                "problem": beside.get(name),
            }
            for name, entry in entries.items()
        ],
    )
    answer = Response(page, error.status, media_type="text/html", headers={"Cache-Control": "no-store"})
    if "seconds" in error.values:
        answer.headers["Retry-After"] = str(error.values["seconds"])
    return answer


def _text(value: object) -> str:
    # Half a surrogate pair cannot be sent as UTF-8.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
