"""Bevillinger: assesses a referral, decides it with four eyes, and keeps, changes and ends the course that follows.

Caseworkers propose, team leaders approve, coordinators match. The feature never grants by itself, never reserves for
a proposal, and never gives the frame as a reason. `assessing`, `proposing`, `deciding`, `changing` and `intake` are the
acts, `writing` the letter, `reading` what the pages show, `service` the lists.
"""
