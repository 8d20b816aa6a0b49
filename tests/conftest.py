"""What holds for all tests: properties are tried on the same examples every time, however slow the machine is."""

from hypothesis import HealthCheck, settings

settings.register_profile("matinee", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("matinee")
