"""The handover (overdragelse): what a new caseworker or mentor needs to know of a course, on one page."""
