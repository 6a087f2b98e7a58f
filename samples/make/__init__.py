"""What draws the sample dossier: papers (data), sheets (PDF), office files, scans, damage."""
