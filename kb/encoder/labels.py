"""The labels of words, in the order of the encoder's scores."""

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
"""Words in names."""
POSTS = ("O", "B-POST", "I-POST")
"""Words of a public office that the text gives to somebody it names."""
REPORTS = ("O", "B-REPORT", "I-REPORT")
"""Words of reported speech: what somebody said, without who and the verb."""
HEADS = (LABELS, POSTS, REPORTS)
"""What the tuned encoder says of every piece, one after the other."""
