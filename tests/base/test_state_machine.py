"""Tables of allowed moves."""

from __future__ import annotations

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.base.state_machine import MoveRefused, move


class Light(StrEnum):
    """A traffic light."""

    RED = "red"
    GREEN = "green"
    AMBER = "amber"


TABLE = {Light.RED: frozenset({Light.GREEN}), Light.GREEN: frozenset({Light.AMBER})}


@given(st.sampled_from(Light), st.sampled_from(Light))
def test_exactly_the_moves_of_the_table_are_allowed(current: Light, target: Light) -> None:
    if target in TABLE.get(current, frozenset()):
        assert move(TABLE, current, target) is target
    else:
        with pytest.raises(MoveRefused) as refused:
            move(TABLE, current, target)
        assert refused.value.status == 409
        assert current.value in refused.value.say("en")
