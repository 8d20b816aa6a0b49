"""The engine: understanding, recommending and remembering, behind one internal HTTP service.

Its contract is `engine.wire`, its typed client `engine.client`; the service itself is `engine.service`.
"""
