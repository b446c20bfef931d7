"""Fake mail servers and expectations for the tests of other programs, as async context managers."""
