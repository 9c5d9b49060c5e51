"""click: parse, call, print, exit code; one file a command, loaded when called."""
