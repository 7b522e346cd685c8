"""Use cases of accounts: signing up and in, codes, the second factor, sessions, roles."""

from marketplace.accounts.service import second_factor
from marketplace.accounts.service.addresses import AddressDraft, make_usual, my_addresses, remove_address, save_address
from marketplace.accounts.service.codes import ask_for_code, forget_old_codes, purpose_behind
from marketplace.accounts.service.leaving import erase_account, own_account
from marketplace.accounts.service.own import rename, security
from marketplace.accounts.service.proving import (
    PROVEN,
    ask_to_prove,
    check_may_prove,
    prove,
    proven_phone,
    reset_password,
    sign_in_with_code,
)
from marketplace.accounts.service.roles import add_staff, contacts, forget_second_factor_of, grant_role
from marketplace.accounts.service.sessions import (
    DEAD_SESSIONS_KEPT,
    close_all_sessions,
    close_session,
    forget_dead_sessions,
    list_sessions,
    open_session,
    person_for_token,
    require_fresh,
    revoke_others,
    revoke_session,
    touch_session,
)
from marketplace.accounts.service.signing_in import (
    find_for_sign_in,
    matching_account,
    sign_up,
    sign_up_and_open,
)

__all__ = [
    "DEAD_SESSIONS_KEPT",
    "PROVEN",
    "AddressDraft",
    "add_staff",
    "ask_for_code",
    "ask_to_prove",
    "check_may_prove",
    "close_all_sessions",
    "close_session",
    "contacts",
    "erase_account",
    "find_for_sign_in",
    "forget_dead_sessions",
    "forget_old_codes",
    "forget_second_factor_of",
    "grant_role",
    "list_sessions",
    "make_usual",
    "matching_account",
    "my_addresses",
    "open_session",
    "own_account",
    "person_for_token",
    "prove",
    "proven_phone",
    "purpose_behind",
    "remove_address",
    "rename",
    "require_fresh",
    "reset_password",
    "revoke_others",
    "revoke_session",
    "save_address",
    "second_factor",
    "security",
    "sign_in_with_code",
    "sign_up",
    "sign_up_and_open",
    "touch_session",
]
