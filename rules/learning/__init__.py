"""Rules learned from labelled letters: a few words a label with round weights, which a clerk can read, strike out or accept.

    learned = learn(samples)                 # words chosen, weights fitted
    texts = write(learned)                   # file name -> TOML, for a person to read
    report = score(read(texts), samples)     # accuracy, macro-F1, confusion

How words are chosen (the documented statistic, in this order):

1. *support*: a word stands in at least `Plan.support` letters;
2. *chi-square* of word and label, the strongest `Plan.candidates` that speak for a label;
3. *a word, not a splinter*: its characters stick together (pointwise mutual information over every cut) and it has many
   neighbours on both sides (branching entropy); it neither begins nor ends with a function word;
4. *pairs* of two words in one letter where the pair's chi-square is higher than either word's;
5. *weights*: multinomial logistic regression with an L1 penalty keeps few; of those the `Plan.entries` with the largest
   weight x spread a label; weights fitted again on these alone and rounded to whole numbers.

Nothing here is random: the same letters give the same rules.
LIMITS: words are 2 to 4 Chinese characters; numbers and Latin letters never count.
"""

from rules.learning.entries import Entry, Learned, Sample
from rules.learning.learn import Plan, learn
from rules.learning.score import Report, place, score
from rules.learning.sheets import read, write

__all__ = ["Entry", "Learned", "Plan", "Report", "Sample", "learn", "place", "read", "score", "write"]
