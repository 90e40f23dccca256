"""One file per kind of order: what it does. `verbs` knows them all."""
