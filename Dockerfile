# docker build -t footnote .
# docker run --detach --restart unless-stopped --env-file .env --volume footnote:/app/data footnote
# Without a token in .env, for the chat: docker run --interactive --tty --volume footnote:/app/data footnote
FROM python:3.11-slim-bookworm

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: --no-deps \
    -r requirements.lock

COPY LICENSE ./
COPY pyproject.toml ./
COPY bot bot
COPY handlers handlers
COPY storage storage
COPY docs/samples docs/samples
RUN python -m compileall -q bot handlers storage \
    && useradd --system --uid 10001 footnote \
    && install --directory --owner footnote --mode 0700 data

USER footnote
# The library, and beside it the model that was converted for this machine at the first start.
ENV XDG_CACHE_HOME=/app/data/cache
VOLUME /app/data

ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
