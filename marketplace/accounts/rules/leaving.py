"""What is left of a person who had their account erased."""

from __future__ import annotations

from marketplace.base.errors import DomainError
from marketplace.base.text import Text

ERASED = "•••"
"""What stands where a name was."""


class StaffStay(DomainError):
    """An account with a role is closed by the operator, who takes the role first."""

    code = "staff_stay"
    status = 409
    message = Text(
        "Tài khoản này đang giữ một vai trò của tỉnh. Hãy nhờ người vận hành thu vai trò lại trước.",
        "This account holds a role of the province. Have the operator take the role back first.",
    )
