"""Questions over HTTP: the list of paintings, look-alikes, and the search by a photo."""
