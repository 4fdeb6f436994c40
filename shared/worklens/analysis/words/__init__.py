"""What titles say, as numbers: words, their vectors, and what lies near what.

A title is a short text in English, Chinese or both. Words are numbered by a vocabulary, vectors are rows, and similarity is
the cosine. What is random is drawn from a generator that the caller gives.
"""
