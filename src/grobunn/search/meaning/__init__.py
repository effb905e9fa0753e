"""What texts mean: vectors of a language model, so that a rephrased idea without a shared word is found.

`providers` turn texts into vectors, a `lens` makes the model's vectors tell ideas apart, `vectors` keeps them in
PostgreSQL, `embedding` computes them in the background, `asking` does so for whoever writes, and `fusion` puts what
words and meaning find into one order. Off, everything works by words alone.
"""
