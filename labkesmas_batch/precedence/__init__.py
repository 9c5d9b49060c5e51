"""SOP step 7: clause, key, rank, the Kepala's pairs, the gap in the SOP, self-test."""
