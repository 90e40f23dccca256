# The daemon alone: no compiler, no tests, nobody's root. Build: docker build -t huiyin .
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock

FROM python:3.13-slim
ENV PATH=/app/.venv/bin:$PATH PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    HUIYIN_DATABASE=sqlite:////data/huiyin.db
RUN useradd --system --uid 10001 --home-dir /data --create-home huiyin
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY rules rules
COPY db db
COPY templates templates
COPY daemon daemon
# Beside a database on a server nothing can lie: heartbeat and ledger's end are written into the working folder.
WORKDIR /data
USER 10001
VOLUME /data
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["python", "-m", "daemon", "health"]
ENTRYPOINT ["python", "-m", "daemon"]
CMD ["run"]
