"""How a message of ours looks as mail: the same words as plain text and as simple HTML that any program shows."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment

from marketplace.base.messages.message import Message
from marketplace.base.text import Locale, Text
from marketplace.settings import settings

PRODUCT = "Chợ Quê"
SIGNED = Text("Chợ Quê · {address}", "Chợ Quê · {address}")
NO_ANSWER = Text("Thư tự động, không cần trả lời.", "Sent automatically; there is no need to answer.")

_TEXT = Environment(autoescape=False, trim_blocks=True, keep_trailing_newline=True).from_string(  # noqa: S701 - plain text
    """\
{% for paragraph in before %}
{{ paragraph }}

{% endfor %}
{% if code %}
    {{ code }}

{% endif %}
{% for paragraph in after %}
{{ paragraph }}

{% endfor %}
--
{{ signed }}
{{ no_answer }}
"""
)
_HTML = Environment(autoescape=True, trim_blocks=True).from_string(
    """\
<!doctype html>
<html lang="{{ locale }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ subject }}</title></head>
<body style="margin:0;padding:24px 16px;background:#fdfcf7;color:#23301f;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:480px;margin:0 auto">
<p style="margin:0 0 16px;color:#157347;font-weight:600;font-size:20px">{{ product }}</p>
{% for paragraph in before %}
<p style="margin:0 0 16px">{{ paragraph }}</p>
{% endfor %}
{% if code %}
<p style="margin:0 0 16px;padding:12px;background:#e8f3ec;border-radius:8px;
text-align:center;font-size:28px;font-weight:600;letter-spacing:4px">{{ code }}</p>
{% endif %}
{% for paragraph in after %}
<p style="margin:0 0 16px">{{ paragraph }}</p>
{% endfor %}
<p style="margin:24px 0 0;color:#5b6557;font-size:14px">{{ signed }}<br>{{ no_answer }}</p>
</div></body></html>
"""
)


def letter(
    locale: Locale, to: str, subject: str, before: Sequence[str], code: str = "", after: Sequence[str] = ()
) -> Message:
    """A mail of paragraphs, with a code between them where there is one."""
    words = {
        "locale": locale,
        "product": PRODUCT,
        "subject": subject,
        "before": before,
        "code": code,
        "after": after,
        "signed": SIGNED.say(locale, address=settings().public),
        "no_answer": NO_ANSWER.say(locale),
    }
    return Message(to=to, subject=subject, text=_TEXT.render(words), html=_HTML.render(words))
