"""What stands beside the findings while people work through them: notes not decided yet, when somebody last looked."""
