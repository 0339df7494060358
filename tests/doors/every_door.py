"""Every door through which something comes in that others made, and what tries it with garbage.

A door is named as it stands in the code (`tests/doors/test_every_door.py` finds them all); behind
each stand the tests that throw hostile input at it.
"""

from __future__ import annotations

from typing import Final

COMMANDS: Final = "tests/doors/test_every_command_garbage.py::test_every_option_at_its_worst"
OPTIONS: Final = "tests/doors/test_every_option.py::test_every_wrong_value_names_its_option"
TABLE: Final = "tests/doors/test_files_garbage.py::test_a_table"
BOMB: Final = "tests/doors/test_memory.py::test_a_bomb_is_one_line"
SYNC: Final = "tests/hub/test_sync_doors_garbage.py::test_every_door_of_sites"
DESCRIBED: Final = "tests/hub/test_openapi_garbage.py::test_every_door_answers_as_it_is_described"
METRICS: Final = "tests/hub/test_metrics.py::test_who_may_see_it"
EVENTS: Final = "tests/doors/test_hostile_events.py::test_any_bytes_are_an_event_or_one_line"
SEAT: Final = "tests/doors/test_hostile_events.py::test_a_seat_takes_whatever_comes_and_shows_it"
BACKUP: Final = "tests/doors/test_backup_garbage.py::test_any_byte_may_be_another"
CALENDAR: Final = "tests/unit/test_files_tables.py::test_a_bad_calendar_row"
WIRE: Final = "tests/doors/test_wire_garbage.py"

WORDS: Final = {
    "run": "tests/ui/test_garbage.py",
    "demo": OPTIONS,
    "bench": "tests/doors/test_bench.py",
    "doctor": "tests/doors/test_doctor.py",
    "hub serve": "tests/doors/test_imports.py::test_the_hubs_own_words",
    "hub init": "tests/doors/test_every_option.py::test_the_other_words",
}
"""Words of the command line that COMMANDS leaves out; all others are its own."""

STANDARD_INPUT: Final = {
    "console/hub_commands.py": (
        "tests/doors/test_memory.py::test_a_password_that_is_no_text_is_one_line"
    ),
}
"""Files that read standard input."""

ROUTES: Final = {"/v1/field": DESCRIBED, "/v1/city": DESCRIBED, "/v1/": SYNC, "/metrics": METRICS}
"""The hub's doors by how their paths begin; the first that fits."""

READERS: Final = {
    "dispatch.files.bulletins.read_bulletins": TABLE,
    "dispatch.files.checks.read_checks": TABLE,
    "dispatch.files.csv_rows.open_csv": TABLE,
    "dispatch.files.duty.read_duty": TABLE,
    "dispatch.files.geojson_rows.open_points": (
        "tests/doors/test_files_garbage.py::test_a_table_of_geojson"
    ),
    "dispatch.files.geojson_stream.read_features": (
        "tests/unit/test_geojson_stream.py::test_what_is_no_geojson_is_one_line"
    ),
    "dispatch.files.grids.read_grids": "tests/doors/test_files_garbage.py::test_a_map",
    "dispatch.files.guides.read_guides": TABLE,
    "dispatch.files.mapping.read_mapping": "tests/doors/test_files_garbage.py::test_a_mapping",
    "dispatch.files.measures.read_measures": TABLE,
    "dispatch.files.opening.open_table": TABLE,
    "dispatch.files.places.read_places": TABLE,
    "dispatch.files.roster.read_roster": TABLE,
    "dispatch.files.tables.read_calendar": CALENDAR,
    "dispatch.files.tables.read_catalogue": TABLE,
    "dispatch.files.tables.read_centres": TABLE,
    "dispatch.files.tables.read_days": TABLE,
    "dispatch.files.tables.read_divisions": TABLE,
    "dispatch.files.tables.read_each": TABLE,
    "dispatch.files.tables.read_layout": "tests/doors/test_files_garbage.py::test_a_mapping",
    "dispatch.files.tables.read_profiles": TABLE,
    "dispatch.files.text_file.read_at_most": BOMB,
    "dispatch.files.toml_table.read_document": "tests/doors/test_files_garbage.py::test_a_mapping",
    "dispatch.files.xlsx_rows.open_xlsx": "tests/doors/test_files_garbage.py::test_a_workbook",
    "dispatch.wire.envelope.read": EVENTS,
    "dispatch.wire.header.read_header": EVENTS,
    "dispatch.wire.objects.parse_delta": WIRE,
    "dispatch.wire.objects.parse_row": TABLE,
    "dispatch.wire.protocol.decode": WIRE,
    "dispatch.wire.receipt.read_receipt": WIRE,
    "dispatch.wire.snapshot.read_record": (
        "tests/sync/test_snapshots.py::test_a_record_that_is_cut_or_odd_is_bad_input"
    ),
    "dispatch.wire.tables.parse_accounts": WIRE,
    "dispatch.wire.tables.parse_bulletins": WIRE,
    "dispatch.wire.tables.parse_calendar": WIRE,
    "dispatch.wire.tables.parse_catalogue": WIRE,
    "dispatch.wire.tables.parse_duty": WIRE,
    "dispatch.wire.tables.parse_geometry": WIRE,
    "dispatch.wire.tables.parse_guides": WIRE,
    "dispatch.wire.tables.parse_measures": WIRE,
    "dispatch.wire.tables.parse_organisation": WIRE,
    "dispatch.wire.tables.parse_roster": WIRE,
    "dispatch.wire.tables.parse_sla": WIRE,
    "dispatch.wire.writers.parse_register": WIRE,
    "dispatch.wire.writers.parse_writers": WIRE,
}
"""Every function of `files` and `wire` that reads what somebody else wrote."""

OTHERS: Final = {
    "objects from a file": TABLE,
    "incidents from a file": TABLE,
    "site.toml and the key files": "tests/doors/test_local_files_garbage.py::test_settings",
    "a drill's clock": "tests/doors/test_local_files_garbage.py::test_a_drills_clock",
    "the note beside the database": (
        "tests/doors/test_local_files_garbage.py::test_the_note_beside_the_database"
    ),
    "sessions": "tests/doors/test_local_files_garbage.py::test_a_session",
    "a damaged folder of a site": "tests/doors/test_broken_sites.py",
    "a backup": BACKUP,
    "an exchange by file": (
        "tests/sync/test_bundles.py"
        "::test_a_file_that_was_cut_or_altered_anywhere_is_refused_in_one_line"
    ),
    "photos at a seat": "tests/store/test_photos.py",
    "photos at the hub": "tests/hub/test_field_doors_bad_input.py",
    "pages that the hub sends": SEAT,
    "events that an enrolled site pushes": (
        "tests/doors/test_hostile_events.py"
        "::test_the_hub_takes_whatever_is_signed_and_others_pull_it"
    ),
    "answers of a hub that is none": "tests/sync/test_exchange_scripted.py",
    "forms, search and palette of the window": "tests/ui/test_garbage.py",
    "others' GPX, GeoJSON and XML as tables": (
        "tests/doors/test_fixtures_at_files.py::test_no_fixture_is_a_surprise"
    ),
    "texts on their way through a seat": "tests/doors/test_hostile_texts.py",
}
"""Doors that no list in the code names."""
