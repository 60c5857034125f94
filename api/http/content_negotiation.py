"""Content negotiation: JSON or CSV, as the Accept header prefers."""

JSON = "application/json"
CSV = "text/csv"


def prefers_csv(accept: str) -> bool:
    """True where the Accept header puts text/csv before JSON (RFC 9110, section 12.5.1)."""
    return _preference(accept, CSV) > _preference(accept, JSON)


def _preference(accept: str, media_type: str) -> tuple[float, int]:
    """Quality and specificity of the most specific range that covers the type."""
    ranges = ["*/*", media_type.split("/")[0] + "/*", media_type]
    covering = []
    for part in accept.lower().split(","):
        name, *parameters = (field.strip() for field in part.split(";"))
        if name in ranges:
            covering.append((ranges.index(name), _quality(parameters)))
    specificity, quality = max(covering, default=(-1, 0.0))
    return (quality, specificity) if quality else (0.0, -1)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
