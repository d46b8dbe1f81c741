"""index/analysis/kernels."""
