"""The words on screen: one module a kind of shot, in it one table a language."""
