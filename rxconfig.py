"""Reflex's configuration; everything of ours is in marketplace/settings.py."""

import reflex as rx

from marketplace.settings import settings
from marketplace.ui.bundle import BundlePlugin
from marketplace.ui.theme import ThemePlugin

config = rx.Config(
    app_name="marketplace",
    plugins=[ThemePlugin(), BundlePlugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_port=settings().port,
    backend_port=settings().port,
    backend_host=settings().host,
    cors_allowed_origins=list(settings().allowed_origins),
    redis_url=settings().redis_url,
    state_manager_mode="redis" if settings().redis_url else "memory",
    trusted_proxy_hops=settings().trusted_proxy_hops,
    react_strict_mode=False,
    frontend_compression_formats=["brotli", "gzip"],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
