"""The drafter that asks a language model: its quotes are copied, its sentences are checked."""
