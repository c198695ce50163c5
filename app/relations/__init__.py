"""Relations: how two claims or two figures stand to each other, each judgement a record with its reason."""
