"""The grammar that writes the phrases which the reader learns from: seeded, in English and Chinese, with titles around them."""
