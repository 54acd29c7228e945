"""What a course has cost and what the state refunds of it (regnskab), in whole øre."""
