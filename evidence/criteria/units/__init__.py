"""The units of a set, from the lists that offices keep or the folders of a dossier."""
