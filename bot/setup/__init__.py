"""Making a bare clone runnable: environments, training, the first index. `environments.py` needs only the standard
library, since it runs before anything is installed."""
