"""Who speaks when: by track, by channel, or as a guess that says it is one."""
