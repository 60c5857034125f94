"""The OpenAPI document without a running server: `python -m api.dump_openapi`."""

import json

from api.app import create_app
from config.settings import Settings


def openapi_document() -> str:
    """The document as text, independent of any deployment's settings."""
    secret = "verifies-nothing-and-signs-nothing"  # noqa: S105
    settings = Settings(_env_file=None, jwt_algorithm="HS256", jwt_secret=secret)
    return json.dumps(create_app(settings).openapi(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    print(openapi_document(), end="")
