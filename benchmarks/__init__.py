"""What etam is measured against: each module prints ratios to a peer in the same run."""
