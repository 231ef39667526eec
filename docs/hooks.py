"""What the site tool calls while it builds; see kb/site/preview.py."""

from kb.site.preview import on_config, on_env, on_post_build, on_pre_build, on_serve, on_shutdown, on_startup

__all__ = ["on_config", "on_env", "on_post_build", "on_pre_build", "on_serve", "on_shutdown", "on_startup"]
