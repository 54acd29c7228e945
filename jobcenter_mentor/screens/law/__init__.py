"""The law in force on a day (regler), and the municipality's own figures."""
