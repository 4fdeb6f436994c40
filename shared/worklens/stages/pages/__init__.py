"""The report people open every morning: four pages and a footer over HTTP, and the same numbers as JSON.

One file a page. Each has a function that asks for its numbers, which the page and the API share, and one that sets them
into its template. The same code answers for the function of a deployment and for ``worklens report --serve``.
"""
