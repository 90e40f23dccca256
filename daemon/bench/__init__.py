"""Speed and memory, measured where they arise: `python -m daemon bench` prints them beside the same work without our code."""
