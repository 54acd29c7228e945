"""Mentors (mentorkorpset): their hours, prices, skills and absences."""
