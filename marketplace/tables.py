"""Imports every table and what stands beside them, for migrations and for tools that look at the whole schema."""

from sqlmodel import SQLModel

import marketplace.accounts.models
import marketplace.base.models
import marketplace.baskets.models
import marketplace.catalog.models
import marketplace.catalog.search
import marketplace.contracts.models
import marketplace.delivery.models
import marketplace.importing.models
import marketplace.ledger.models
import marketplace.lots.models
import marketplace.orders.models
import marketplace.payments.models
import marketplace.places.models
import marketplace.reviews.models
import marketplace.sellers.models
import marketplace.statistics.models

metadata = SQLModel.metadata
