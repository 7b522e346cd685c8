"""The help pages: an entry for every code, an answer to every link."""

from __future__ import annotations

import re

import pytest

from marketplace import marketplace as app
from marketplace.base.errors import DomainError
from marketplace.base.text import LOCALES, Locale
from marketplace.storefront.help_pages import PAGES, error_entries
from marketplace.ui.layout import FOOTER


def _below(kind: type[DomainError]) -> set[type[DomainError]]:
    return {kind}.union(*(_below(each) for each in kind.__subclasses__()))


def _shown(path: str, locale: Locale) -> str:
    page = next(page for page in PAGES if page.path == path)
    assert page.first_view is not None
    return page.first_view.render(locale, None)


def test_every_error_of_the_app_has_an_entry_to_which_its_type_leads() -> None:
    assert app.api is not None
    html = _shown("/help/errors", "vi")
    ours = {kind.code for kind in _below(DomainError) if kind.__module__.startswith("marketplace.")}
    assert len(ours) > 30
    assert [code for code in sorted(ours) if f'id="{code}"' not in html] == []


def test_an_entry_shows_no_bare_placeholder() -> None:
    for entry in error_entries():
        for message in entry.messages:
            assert not re.search(r"[{}]", message.vi + message.en), entry.code


@pytest.mark.parametrize("locale", LOCALES)
def test_every_link_of_the_footer_to_help_is_answered(locale: Locale) -> None:
    for _, links in FOOTER:
        for _, href in links:
            if href.startswith("/help"):
                assert "<h1" in _shown(href, locale)
