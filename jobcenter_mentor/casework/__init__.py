"""The work in a case: from referral to decision, mentor, meetings, complaint and access to files."""
