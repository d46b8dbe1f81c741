"""index/segments/kernels."""
