"""Weekly scheduling of sampling requests by the SOP of a public health laboratory."""

__version__ = "0.1.0"
