void dispatch_wait(void) {
  ppoll(0, 0, 0, 0);
}
