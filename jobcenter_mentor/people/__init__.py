"""The people and firms of the trade: citizens, suppliers and mentors."""
