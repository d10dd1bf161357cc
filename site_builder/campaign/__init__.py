"""Writes to everyone whose contract ends soon: who is due, one mail each, sent once however often it is run."""

from site_builder.campaign.contracts import Contracts
from site_builder.campaign.due import DEFAULT_GRACE_DAYS, DEFAULT_NOTICES
from site_builder.campaign.journal import Entry, JournalError
from site_builder.campaign.letters import KEY, Desk, Unsubscribing
from site_builder.campaign.report import Report, is_report, shown
from site_builder.campaign.run import Campaign, Plan
from site_builder.campaign.table import open_table

__all__ = [
    "DEFAULT_GRACE_DAYS", "DEFAULT_NOTICES", "KEY", "Campaign", "Contracts", "Desk", "Entry", "JournalError", "Plan",
    "Report", "Unsubscribing", "is_report", "open_table", "shown",
]  # fmt: skip
