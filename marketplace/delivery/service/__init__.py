"""Use cases of delivery: what is offered to buyers, what is held of what is limited, and how owners arrange it."""

from marketplace.delivery.service.arranging import my_delivery as my_delivery
from marketplace.delivery.service.calendar import ask_of_orders as ask_of_orders
from marketplace.delivery.service.calendar import close_days as close_days
from marketplace.delivery.service.calendar import open_days as open_days
from marketplace.delivery.service.limiting import Claim as Claim
from marketplace.delivery.service.limiting import hold as hold
from marketplace.delivery.service.limiting import release as release
from marketplace.delivery.service.methods import give_default_methods as give_default_methods
from marketplace.delivery.service.methods import method_form as method_form
from marketplace.delivery.service.methods import remove_method as remove_method
from marketplace.delivery.service.methods import save_method as save_method
from marketplace.delivery.service.methods import turn_method as turn_method
from marketplace.delivery.service.offering import Parcel as Parcel
from marketplace.delivery.service.offering import asks_of as asks_of
from marketplace.delivery.service.offering import offered as offered
from marketplace.delivery.service.offering import offers as offers
from marketplace.delivery.service.offering import reaching as reaching
from marketplace.delivery.service.points import add_point as add_point
from marketplace.delivery.service.points import add_window as add_window
from marketplace.delivery.service.points import remove_window as remove_window
from marketplace.delivery.service.points import turn_point as turn_point
