"""The pages of an initiative's phase: where it is, its gate and the decision, another phase, another method."""
