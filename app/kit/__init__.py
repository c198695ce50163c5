"""What is true of any API: this room knows no humanitarian word.

It holds the tools that every noun builds on and that would serve another project unchanged, so it imports
none of the other rooms, and whatever here needs to know about a crisis, a claim or a figure belongs elsewhere.
"""
