"""What lies beside the tables of a dataset and says what they are."""
