"""The Prometheus exporter: probes on demand, over HTTP."""
