"""How pages are put together: templates, menu, assets, numbers and times as people here write them."""
