int record_count;
