"""The hearing of a citizen (partshøring): its facts, its letter, and the answer or the reason to leave it out."""
