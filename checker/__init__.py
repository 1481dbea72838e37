"""imr-check reads a treatment request and its papers before they go out and says what a reviewer would miss."""

__version__ = "0.1.0"
