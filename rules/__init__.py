"""Rules decide: pure code that turns a letter and what is known into a decision. No clock, no chance, no network, no disk."""
