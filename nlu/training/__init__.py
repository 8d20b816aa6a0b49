"""What the trained component learns from: hand-written requests, templates, names, and the training itself."""
