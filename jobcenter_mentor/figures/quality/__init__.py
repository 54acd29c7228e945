"""Data quality (datakvalitet): courses with faulty data, ranked by law and money."""
