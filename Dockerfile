# Pendant's images. `web`, the last and so the default, serves and works (gunicorn, Celery, manage.py) without
# TensorFlow; `training` has it, for `manage.py train_eye`. Neither runs as root; all data is in the volume /data.
#   docker build --tag pendant-web .
#   docker build --tag pendant-training --target training .

FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH

# What is installed, in layers of its own: a change of the code installs nothing again.
FROM base AS packages
RUN python -m venv /venv
WORKDIR /requirements
COPY requirements-web.txt constraints.txt ./
RUN pip install --no-cache-dir --requirement requirements-web.txt

FROM packages AS training-packages
COPY requirements.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt

FROM base AS application
RUN useradd --create-home --uid 1000 pendant && mkdir /data && chown pendant:pendant /data
WORKDIR /app
COPY . .
ENV PENDANT_VAR=/data PENDANT_STATIC=/app/static-collected
VOLUME /data

FROM application AS training
COPY --from=training-packages /venv /venv
USER pendant
CMD ["python", "manage.py", "train_eye", "--help"]

FROM application AS web
COPY --from=packages /venv /venv
RUN PENDANT_SECRET_KEY=only-to-collect-files PENDANT_VAR=/tmp python manage.py collectstatic --no-input
USER pendant
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--timeout", "60"]
