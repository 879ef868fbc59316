"""What readers follow: saved searches, people, institutions and places, told when they are new.

``book`` keeps the lists, ``matching`` finds which new documents fit, ``digest`` says what is new,
``mail`` and ``hook`` send it, ``running`` does all of that when it is due.
"""
