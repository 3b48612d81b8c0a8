"""The map: the whole public collection laid out by likeness, one painting a field of a square grid.

making      all of it anew (`manage.py map_collection`): projecting → spreading → hanging → regions, then sheets
growing     when that is due, the first time and as the collection grows: a periodic task
tending     what has changed since: a periodic task
atlas       the map as it is public now, for the page, its script and the API
"""
