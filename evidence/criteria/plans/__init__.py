"""Plans of work as they are printed: the table of tasks, owners and deadlines; what they ask for as a criteria set."""
