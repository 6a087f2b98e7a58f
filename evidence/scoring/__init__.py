"""Verdicts and figures -> points, by criterion and in sum. Pure; knows no documents."""
