"""The property by which a test reports that a kill was survived; its value is the stage."""

SURVIVED = "survived a kill in"
