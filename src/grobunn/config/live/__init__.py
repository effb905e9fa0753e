"""The live service: a small asynchronous server beside the web server, which holds the connections of open pages."""
