"""The frame of every page (sidens ramme): menu, guard at the door, errors and headers."""
