"""From records and facts to rulings: SPF, DMARC, DANE, MTA-STS, names.

Pure; what needs the DNS is a generator that yields its questions (``journey.Asking``).
"""
