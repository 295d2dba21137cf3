/** Loaded into a process that the engine starts: ends it with the engine, however that ends. */
process.once('disconnect', () => process.exit(0))
// Waiting for that alone keeps no process alive.
process.channel?.unref()
