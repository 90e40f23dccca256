"""a unit's whole contact sheet beside its row of the directory"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contacts", sa.Column("sheet", sa.Text(), nullable=False, server_default=""))
