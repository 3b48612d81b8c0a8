# The web server and the worker, without TensorFlow. Two processes of this image share the volume /data.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PENDANT_VAR=/data
WORKDIR /app

COPY requirements-web.txt constraints.txt ./
RUN pip install --no-cache-dir --requirement requirements-web.txt

COPY . .
RUN useradd --create-home pendant && mkdir /data && chown pendant /data \
    && PENDANT_SECRET_KEY=only-to-collect-files PENDANT_VAR=/app/var python manage.py collectstatic --no-input \
    && chown -R pendant /app/var
USER pendant
ENV PENDANT_STATIC=/app/var/static
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
