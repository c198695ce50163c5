"""Settings promise: one frozen object, every setting described, and a clear refusal of what is unknown or bad."""

import pytest
from pydantic import ValidationError

from app.kit.settings import PREFIX, Settings, SettingsError, load

BAD = {
    "DATABASE_URL": ["", "sqlite:///", "sqlite:///:memory:", "sqlite://x", "mysql://a/b", "/a/file.db", "sqlite:"],
    "PORT": ["", "abc", "-1", "65536", "1.5", "\uff11 0"],
    "LOG_LEVEL": ["", "verbose", "INFO "],
    "DATABASE_CONNECTIONS": ["0", "101", "-1", "many"],
}
# After the scheme; with what the line must say to whoever mends it.
DOUBTFUL = [
    ("user:h@unter2@host/db", "%40"),
    ("user:hunter2@host@unter/db", "%40"),
    ("user:12?hunter2@127.0.0.1:1/db", "%3F"),
    ("user:12#hunter2@127.0.0.1:1/db", "%23"),
    ("user:12/hunter2@127.0.0.1:1/db", "%2F"),
    ("user:hunter2@host/db?application_name=a@b", "%40"),
    ("user:hun%zzter2@host/db", "%25"),
    ("user:hunter2%@host/db", "%25"),
    ("user:hunter2%4@host/db", "%25"),
    ("user:hunter2%00@host/db", "control characters"),
    ("user:hun\nter2@host/db", "control characters"),
    ("user:hunter2\u00e9@host/db", "ASCII"),
]
REFUSED = [(name, value) for name, values in BAD.items() for value in values]


def test_every_setting_is_described() -> None:
    """Whoever runs the service can look up what each setting does; none is left to guessing."""
    bare = [name for name, field in Settings.model_fields.items() if len(field.description or "") < 20]
    assert bare == []


def test_without_any_setting_the_service_starts() -> None:
    """Every setting has a default that works on one machine."""
    settings = load({})
    assert (settings.database_url, settings.host, settings.port) == ("sqlite:///onrecord.db", "127.0.0.1", 8000)


def test_settings_are_read_by_their_names_in_any_case() -> None:
    """The environment's names are the fields' names with our prefix."""
    assert load({"ONRECORD_PORT": "8123", "onrecord_log_level": "error", "PORT": "1"}).port == 8123


@pytest.mark.parametrize("name", [f"{PREFIX}FOO", f"{PREFIX}DATABASE", f"{PREFIX}", "onrecord_prot"])
def test_an_unknown_setting_is_refused_by_name(name: str) -> None:
    """A misspelt setting is an error at start, not a default in production; the known ones are listed."""
    with pytest.raises(SettingsError) as raised:
        load({name: "hunter2"})
    assert f"unknown setting {name};" in str(raised.value)
    assert f"{PREFIX}PORT" in str(raised.value)
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_bad_value_is_refused_by_the_settings_name(name: str, value: str) -> None:
    """The line names the setting."""
    with pytest.raises(SettingsError, match=f"^{PREFIX}{name}: "):
        load({PREFIX + name: value})


def test_every_bad_value_is_named_and_none_is_echoed() -> None:
    """A password in a bad URL does not reach a log."""
    with pytest.raises(SettingsError) as raised:
        load({"ONRECORD_DATABASE_URL": "oracle://me:hunter2@host/x", "ONRECORD_PORT": "hunter3"})
    assert "ONRECORD_DATABASE_URL" in str(raised.value)
    assert "ONRECORD_PORT" in str(raised.value)
    assert "hunter" not in str(raised.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
@pytest.mark.parametrize(("rest", "expected"), DOUBTFUL)
def test_a_url_that_can_be_read_in_two_ways_is_refused(scheme: str, rest: str, expected: str) -> None:
    """One library's host is another's password, so what is not spelt out is refused, unseen, with what to write."""
    with pytest.raises(SettingsError) as raised:
        load({"ONRECORD_DATABASE_URL": f"{scheme}://{rest}"})
    assert str(raised.value).startswith("ONRECORD_DATABASE_URL: expected ")
    assert expected in str(raised.value)
    assert "unter" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert len(str(raised.value).splitlines()) == 1


TAKEN = [
    "sqlite:///a.db",
    "sqlite:////var/100%/a@b@c.db",
    "postgresql://u@h/n",
    "postgres://h/n",
    "postgresql+psycopg://h/n",
    "postgresql://u:h%40unter2%25%2F%3f%23@h:5432/n?application_name=a%40b",
    "postgresql://u:%C3%A9@[::1]:5432/n",
    "postgresql:///n?host=%2Frun%2Fpostgresql",
]


@pytest.mark.parametrize("url", TAKEN)
def test_a_url_of_either_database_is_taken_as_it_is(url: str) -> None:
    """Both databases are named the way their own tools do."""
    assert load({"ONRECORD_DATABASE_URL": url}).database_url == url


def test_a_commands_option_wins_over_the_environment_and_nothing_given_over_nothing() -> None:
    """An option that was not given leaves the environment's value."""
    assert load({"ONRECORD_PORT": "1"}, {"port": 2, "host": None}).port == 2
    assert load({"ONRECORD_PORT": "1"}, {"port": None}).port == 1


def test_settings_cannot_be_changed_afterwards_and_read_no_other_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """One place reads the environment, once."""
    monkeypatch.setenv("ONRECORD_PORT", "9999")
    settings = Settings()
    assert settings.port == 8000
    assert load().port == 9999
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]
