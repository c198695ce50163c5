# Onrecord in a container: `docker build --tag onrecord .`, then see docs/operating.md or compose.yaml.
# The version of Python is the one that every test runs on; the tag is of a distribution too, so that a new one
# comes by a change to this line and not by itself.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv --without-pip /opt/onrecord

# What rarely changes comes first: as long as the lock is the same, this layer is.
WORKDIR /build
COPY requirements.lock ./
RUN pip --python /opt/onrecord/bin/python install --require-hashes --requirement requirements.lock

COPY pyproject.toml LICENSE LICENSE-ANNOTATIONS.md ./
COPY app app
COPY migrations migrations
COPY seed seed
# Built with what the lock brought, so that nothing is fetched that has no hash; then the builders go.
RUN pip --python /opt/onrecord/bin/python install --no-deps --no-build-isolation . \
    && pip --python /opt/onrecord/bin/python uninstall --yes hatchling editables

FROM python:3.11-slim-bookworm
COPY --from=build /opt/onrecord /opt/onrecord
# The only folder that is written to; a volume that is new takes its owner from here.
RUN install --directory --owner=10001 --group=10001 --mode=0700 /data
VOLUME /data
WORKDIR /data

# HOME is where libpq looks for .pgpass. SQLite sorts large amounts in files, for which a tmpfs would be too small.
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    SQLITE_TMPDIR=/data \
    ONRECORD_DATABASE_URL=sqlite:////data/onrecord.db \
    ONRECORD_HOST=0.0.0.0 \
    ONRECORD_PORT=8000

# A number, so that whoever runs it can see that it is not root.
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM

# Whether the database is there and laid out for this version. No proxy stands between a container and itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['ONRECORD_PORT']), timeout=4); c.request('GET', '/readyz'); sys.exit(c.getresponse().status != 200)"]

# Laid out and seeded at every start: whatever is done already is left as it is. `exec` hands signals to the server.
CMD ["sh", "-c", "onrecord migrate && onrecord seed && exec onrecord serve"]
