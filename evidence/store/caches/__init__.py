"""What can be made anew at any time and is kept to save work: one file each, bounded, no part of a backup."""
