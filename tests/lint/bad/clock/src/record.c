long record_now(void) {
  return time(NULL);
}
