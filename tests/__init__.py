"""The tests: a folder for each room of app/, house/ about the house itself, journeys/ end to end."""
