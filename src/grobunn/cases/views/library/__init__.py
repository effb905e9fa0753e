"""The pages of the library: the list, the map, cases side by side."""
