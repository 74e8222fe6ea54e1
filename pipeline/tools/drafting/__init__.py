"""An article draft: quotes and facts found in a talk, set in a newspaper's form."""
