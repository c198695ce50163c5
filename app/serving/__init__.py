"""How any answer travels: the envelope, the one problem shape, validators and negotiation, strict routes."""
