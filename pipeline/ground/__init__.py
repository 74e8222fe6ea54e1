"""What every stage stands on: files, configuration, the workspace, stages and their receipts."""
