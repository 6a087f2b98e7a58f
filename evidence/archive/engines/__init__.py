"""The engines that an archive rests on: moved from one to another."""
