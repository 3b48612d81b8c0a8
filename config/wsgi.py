"""What gunicorn serves: `gunicorn config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# They have models, which need what the line above set up.
from search.checks import require_size  # noqa: E402
from vectorizer.checks import require_model  # noqa: E402

require_size()
require_model()
