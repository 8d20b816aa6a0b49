# syntax=docker/dockerfile:1.7
# The dialogue server: Rasa in a Python of its own, with the model trained into the image. Never publish its port.
ARG PYTHON_IMAGE=python:3.10.19-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements/uv.lock requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/uv.lock \
    && python -m venv --without-pip /opt/python
COPY requirements/dialogue.lock requirements/
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip sync --require-hashes --link-mode copy --compile-bytecode --python /opt/python/bin/python \
        requirements/dialogue.lock

FROM ${PYTHON_IMAGE} AS python
# HOME is the one place that can be written to: the root is mounted read-only.
ENV PATH=/opt/python/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    HOME=/tmp
COPY --from=packages /opt/python /opt/python
RUN groupadd --gid 10001 matinee \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin matinee \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/matinee
WORKDIR /app
COPY bot/dialogue bot/dialogue

FROM python AS trained
RUN python bot/dialogue/train.py --out /model

FROM python AS dialogue
COPY docker/healthy.py docker/healthy.py
COPY --from=trained /model /model
ENV MATINEE_STATE_DIR=/var/lib/matinee \
    MATINEE_DIALOGUE_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8702
HEALTHCHECK --interval=10s --timeout=4s --start-period=120s CMD ["python", "docker/healthy.py", "http://127.0.0.1:8702/webhooks/rest/"]
CMD ["python", "bot/dialogue/start.py", "--model", "/model/dialogue.tar.gz", "--port", "8702"]
