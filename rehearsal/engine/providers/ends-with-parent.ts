/** Loaded into a provider's process: ends it with whoever started it, however that ends. */
process.once('disconnect', () => process.exit(0))
