"""Vietnamese from before Unicode: by character set and by font."""
