const ClKind cl_kind_run = {
  .code = 8, .id = "run", .plural = "runs",
};
