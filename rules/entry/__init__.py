"""登记表: how a telephone call, a visit, a paper letter, an inspection or a case from above enters the same register (S19, S25, S58)."""
