int list_is_money(const char *kind) {
  return strcmp(kind, "claim") == 0;
}
