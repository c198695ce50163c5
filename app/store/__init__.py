"""The only room that knows which database it is: engines, column types, migrations, and the fast reader."""
