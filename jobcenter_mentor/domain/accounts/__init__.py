"""The cost of a course and its refund from the state (regnskab), in whole øre."""
