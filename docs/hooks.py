"""What the site tool calls while it builds; see kb/live.py."""

from kb.live import on_config, on_env, on_post_build, on_pre_build, on_serve, on_shutdown, on_startup

__all__ = ["on_config", "on_env", "on_post_build", "on_pre_build", "on_serve", "on_shutdown", "on_startup"]
