"""Changes that have nothing to do with an article: what is read of a file must not change.

Each change is a small pure function in a table under a name. page_parts.py finds where an article
stands in a page; noise.py makes what surrounds articles; pages.py, rows.py and files.py change
pages, rows and any text file; dates.py writes a day in every form; tables.py finds rows; told.py
tells what a page still says of a field; trials.py makes and judges the changed files.
"""
