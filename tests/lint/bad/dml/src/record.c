const char *record_sql(void) {
  return "UPDATE claim SET state = ?1";
}
