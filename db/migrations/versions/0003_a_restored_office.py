"""what a restored office must remember, and how often a letter was withheld"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whether Sent was compared with the ledger's end, the highest number known of each year, and UIDs asked for in vain."""
    op.add_column("office", sa.Column("sent_vouched", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "numbers",
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("upto", sa.Integer(), nullable=False),
    )
    op.create_table(
        "withheld",
        sa.Column("folder", sa.Integer(), sa.ForeignKey("folders.id"), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("folder", "uid"),
    )
