"""From a course to films, pages and a site; the command line lives here."""
