/* TODO: the other half. */
