void record_fail(void) {
  exit(1);
}
