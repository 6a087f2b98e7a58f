"""Commands on the machine: doctor."""
