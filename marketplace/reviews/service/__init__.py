"""Use cases of reviews: writing, answering, reporting, moderating, reading, counting."""

from marketplace.reviews.service.answering import SELLERS_PAGE, answer, seller_reviews
from marketplace.reviews.service.counting import rebuild_ratings
from marketplace.reviews.service.leaving import forget_author, written_by
from marketplace.reviews.service.moderating import count_reported, hide, let_stand, report, reported_reviews, restore
from marketplace.reviews.service.reading import own_review, own_stars, reviews_of, summary
from marketplace.reviews.service.writing import ReceivedLine, add_photo, check_may_add_photo, remove_photo, write

__all__ = [
    "SELLERS_PAGE",
    "ReceivedLine",
    "add_photo",
    "answer",
    "check_may_add_photo",
    "count_reported",
    "forget_author",
    "hide",
    "let_stand",
    "own_review",
    "own_stars",
    "rebuild_ratings",
    "remove_photo",
    "report",
    "reported_reviews",
    "restore",
    "reviews_of",
    "seller_reviews",
    "summary",
    "write",
    "written_by",
]
