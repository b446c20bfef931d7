"""The command line: words of the user in, an exit status out. The only importer of click; one file a command."""
