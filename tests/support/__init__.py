"""What the tests stand on and the application never imports."""
