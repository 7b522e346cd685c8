"""${message}."""

import sqlalchemy as sa

from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
% if any(own_statements.values()):

# What stands beside the tables, as marketplace/base/schema.py gave it when this was written.
OWN_STATEMENTS = ${repr(own_statements)}
% endif


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
% if any(own_statements.values()):
    for statement in OWN_STATEMENTS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
% endif
