# The report as a plain container, for Cloud Run without functions or wherever else containers run:
#   docker build --tag worklens-report .
#   docker run --publish 8080:8080 --env-file the-settings worklens-report
# The settings are those of the function: `terraform output environment`.

# A digest can't go stale unnoticed only where someone renews it; whoever builds for good names one:
#   --build-arg BASE=python:3.11.14-slim-bookworm@sha256:...
ARG BASE=python:3.11.14-slim-bookworm

FROM ${BASE} AS build
WORKDIR /build
COPY functions/report/requirements.txt ./
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --no-cache-dir --no-compile --only-binary :all: \
        --require-hashes --requirement requirements.txt \
    && /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /venv/lib
COPY deploy deploy/
COPY functions/report functions/report/
COPY shared/worklens shared/worklens/
RUN python -m deploy.bundle report --folder /app

FROM ${BASE}
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PORT=8080 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WORKLENS_PLATFORM=google
# Nobody: it owns no file here and needs to write none.
USER 65534:65534
EXPOSE 8080
# The framework answers this path itself, so that a look at its health costs no page.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-c", \
    "import os, http.client as h; c = h.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/robots.txt'); exit(c.getresponse().status != 404)"]
CMD ["functions-framework", "--source=main.py", "--target=main", "--signature-type=http"]
