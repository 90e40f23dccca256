"""What the record's tests share: the zone and the morning of the demo's story."""

from datetime import datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2017, 5, 9, 8, 0, tzinfo=ZONE)
LATER = MORNING + timedelta(days=30)
