"""Names and signatories looked over once more: what only looks like a name goes."""
