"""The office's record on paper: evidence of a case, reports with tables and pictures, what is published."""
