"""Pictures of pages: asked for by whoever may see the document, drawn by the worker."""
