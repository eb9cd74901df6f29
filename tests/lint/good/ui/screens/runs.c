int runs_is(const char *kind) {
  return strcmp(kind, "runs") == 0;
}
