int record_open(void) {
  return sqlite3_open(":memory:", 0);
}
