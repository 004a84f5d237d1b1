// Every test owns the broker and the database while it runs: some of them restart both.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
