"""What a letter to a unit is made of beside the findings."""
