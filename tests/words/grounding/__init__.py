"""The rules of the grounding check, one by one."""
