"""The form again, with what was typed and what is wrong, for a browser without JavaScript.

A redirect back would lose the typing or carry a phone number in the address; so the refusal itself is a page.
"""

from __future__ import annotations

from fastapi import Response
from jinja2 import Environment

from marketplace.base.errors import DomainError, InvalidInputs
from marketplace.base.text import Text

SIGN_IN = Text("Đăng nhập", "Sign in")
SIGN_UP = Text("Tạo tài khoản", "Create an account")
CONTINUE = Text("Tiếp tục", "Go on")
LABELS = {
    "name": Text("Họ và tên", "Your name"),
    "identifier": Text("Số điện thoại hoặc e-mail", "Phone number or e-mail"),
    "password": Text("Mật khẩu", "Password"),
}
INPUT_TYPES = {"name": "text", "identifier": "text", "password": "password"}
TITLES = {"/account/sign-in": SIGN_IN, "/account/sign-up": SIGN_UP}
FIELDS = {"/account/sign-in": ("identifier", "password"), "/account/sign-up": ("name", "identifier", "password")}

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
<input id="{{ field.name }}" name="{{ field.name }}" type="{{ field.type }}" value="{{ field.value }}" required
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
    """The refused form as a page, every typed value kept except the password."""
    found = error.problems if isinstance(error, InvalidInputs) else [error]
    beside = {problem.field: problem.say(locale) for problem in found}
    names = FIELDS.get(action, ())
    title = TITLES.get(action, CONTINUE).say(locale)
    page = _PAGE.render(
        locale=locale,
        title=title,
        button=title,
        action=action,
        following=_text(typed.get("next")),
        form_problem=" ".join(text for field, text in beside.items() if field not in names),
        fields=[
            {
                "name": name,
                "label": LABELS[name].say(locale),
                "type": INPUT_TYPES[name],
                "value": "" if name == "password" else _text(typed.get(name)),
                "problem": beside.get(name),
            }
            for name in names
        ],
    )
    answer = Response(page, error.status, media_type="text/html", headers={"Cache-Control": "no-store"})
    if "seconds" in error.values:
        answer.headers["Retry-After"] = str(error.values["seconds"])
    return answer


def _text(value: object) -> str:
    # Half a surrogate pair cannot be sent as UTF-8.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
