"""Use cases of sellers: opening a shop, deciding on it, its people, and what others read of it."""

from marketplace.sellers.service.applying import apply, apply_again, check_may_apply, own_application
from marketplace.sellers.service.closing import COMES_BACK_WITHIN, closed_for_good, open_store
from marketplace.sellers.service.deciding import (
    application,
    applications,
    approve,
    ask_for_more,
    refuse,
    reinstate,
    suspend,
)
from marketplace.sellers.service.drafting import (
    check_step,
    forget_abandoned_applications,
    save_application,
    send_application,
    start_of_application,
)
from marketplace.sellers.service.following import (
    begin_visit,
    follow,
    followed_shops,
    follows,
    recount_followers,
    unfollow,
)
from marketplace.sellers.service.papers import check_may_see_paper, keep_paper
from marketplace.sellers.service.people import (
    acting_person,
    invite_member,
    join_seller,
    members,
    remove_member,
    seller_contacts,
)
from marketplace.sellers.service.presenting import (
    check_may_present,
    count_rating,
    my_shop,
    present_shop,
    set_ratings,
    set_shop_picture,
)
from marketplace.sellers.service.reading import (
    homes_of_stores,
    kinds_of,
    may_sell,
    seller_of,
    store_by_slug,
    stores_by_ids,
    stores_by_seller,
)
from marketplace.sellers.service.reviewing import application_file

__all__ = [
    "COMES_BACK_WITHIN",
    "acting_person",
    "application",
    "application_file",
    "applications",
    "apply",
    "apply_again",
    "approve",
    "ask_for_more",
    "begin_visit",
    "check_may_apply",
    "check_may_present",
    "check_may_see_paper",
    "check_step",
    "closed_for_good",
    "count_rating",
    "follow",
    "followed_shops",
    "follows",
    "forget_abandoned_applications",
    "homes_of_stores",
    "invite_member",
    "join_seller",
    "keep_paper",
    "kinds_of",
    "may_sell",
    "members",
    "my_shop",
    "open_store",
    "own_application",
    "present_shop",
    "recount_followers",
    "refuse",
    "reinstate",
    "remove_member",
    "save_application",
    "seller_contacts",
    "seller_of",
    "send_application",
    "set_ratings",
    "set_shop_picture",
    "start_of_application",
    "store_by_slug",
    "stores_by_ids",
    "stores_by_seller",
    "suspend",
    "unfollow",
]
