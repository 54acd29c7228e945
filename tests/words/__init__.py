"""One word for one thing: the list, and the test that holds it."""
