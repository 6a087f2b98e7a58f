"""Commands of the appraisal: check, claims, crosscheck, letter, round."""
