"""When an episode is to become public."""

from __future__ import annotations

from datetime import datetime, tzinfo


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """`moment` as the clocks of `zone` show it; one that names no zone is meant there."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(zone)
