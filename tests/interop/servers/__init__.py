"""Real mail servers, each on a loopback port with a configuration of ours and torn down after; never a probe."""
