extensions = ["sphinx.ext.intersphinx", "myst_parser"]
intersphinx_mapping = {"news": ("https://docs.example.org/", None)}
