"""Grants (bevillinger): the decision on a referral, approved by a second person, and the course that follows.

Caseworkers propose, team leaders approve, coordinators match. The feature never grants by itself, never reserves for a
proposal, and never gives the frame as a reason. `case_assessment`, `proposal`, `decision`, `course_change` and
`running_course` are the acts, `letters` the letter, `queries` what the pages show, `service` the lists.
"""
