"""What people write back, understood by rule from their own words only: units' replies, complainants' replies, staff's orders."""
