const ClKind cl_kind_claim = {
  .code = 3, .id = "claim", .plural = "claims",
};
