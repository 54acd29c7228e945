"""The money of the courses: invoices, time sheets, pay and claims on the state."""
