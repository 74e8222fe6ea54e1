"""The vocabulary: plain frozen dataclasses, no input or output."""
