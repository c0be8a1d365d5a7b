extensions = ["sphinx.ext.intersphinx", "sphinx_openinfra_blog"]
intersphinx_mapping = {"news": ("https://docs.example.org/", None)}
