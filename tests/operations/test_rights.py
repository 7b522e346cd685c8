"""The table of rights in the docs is the one in the code."""

from __future__ import annotations

import pytest

from marketplace.__main__ import main
from marketplace.accounts.rules import RIGHTS, Right
from marketplace.settings import ROOT


def test_the_docs_show_the_table_of_rights_as_the_code_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rights"]) == 0
    printed = capsys.readouterr().out
    assert printed == (ROOT / "docs" / "rights.md").read_text("utf-8")
    assert all(f"`{right}`" in printed for right in Right)
    assert printed.count(" x ") == sum(len(who) for who in RIGHTS.values())
