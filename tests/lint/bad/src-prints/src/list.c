void list_fail(void) {
  fputs("no", stderr);
}
