"""The kinds of shots: for each, a clock that says what happens and a picture that shows it."""
