"""Which figures the score rules ask for, and which papers of a unit state them. Pure; proposals alone: a person
confirms."""
