"""The fixtures that pytest finds by itself where smtpprobe is installed."""
