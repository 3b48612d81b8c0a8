"""How often a visitor may ask; the count is in the shared cache."""

import logging
from typing import Any

from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle

logger = logging.getLogger(__name__)


class ForgivingThrottle(SimpleRateThrottle):
    """Lets everybody pass while the cache does not answer: a count is not worth an answer."""

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except (RedisError, OSError) as problem:
            logger.warning("The cache does not answer (%s): requests are not counted.", problem)
            return True


class VisitorThrottle(ForgivingThrottle, AnonRateThrottle):
    """`API_RATE` requests an address; who has a token is not counted."""
