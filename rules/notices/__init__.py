"""Letters the office writes, one class per template, by whom they go to."""
