/** The process: configuration, log, signals and exit codes. */
import { pino } from 'pino'
import { traceFields } from '../automation/index.ts'
import { accessFileOf } from './access/open.ts'
import { parseConfig, type Config } from './config.ts'
import { forgetConfig } from './forget-config.ts'
import { logError, openLog } from './log.ts'
import { startService, type Service } from './service.ts'
import { AddressError, ConfigError, SecretsKeyError } from './start-errors.ts'

/** The exit code of wrong configuration, as for wrong usage of a command. */
const wrongConfiguration = 2

/**
 * Seconds beyond the grace time after which the process ends anyway: closing streams and
 * connections takes well under one, stopping the embedded PostgreSQL a few. What has not ended
 * continues at the next start.
 */
const shutdownSlack = 15

function configuration (): Config {
  try {
    return parseConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(wrongConfiguration)
  }
}

const config = configuration()
forgetConfig(process.env)
const logger = pino({
  level: config.logLevel,
  serializers: { err: logError },
  // Lines of requests and deployments name their span.
  ...(config.traces === true && { mixin: traceFields }),
  redact: {
    paths: [
      'authorization',
      'headers.authorization',
      'req.headers.authorization',
      'cookie',
      '*.cookie',
      'password',
      '*.password',
      'databaseUrl',
      'secretsKey',
      'secretsKeyNext',
      'secretValues'
    ],
    censor: '[redacted]'
  }
}, openLog())

const starting = new AbortController()
let service: Service | undefined
let stopping = false

/** Ends the process: gracefully, or at once when it is called again. */
async function stop (reason: string, exitCode: number): Promise<void> {
  if (stopping) process.exit(exitCode === 0 ? 1 : exitCode)
  stopping = true
  logger.info({ reason }, 'stopping')
  starting.abort(new Error('stopped while starting'))
  const limit = setTimeout(() => {
    logger.error('the shutdown took too long')
    process.exit(1)
  }, (config.graceSeconds + shutdownSlack) * 1000)
  try {
    await service?.close()
  } catch (error) {
    logger.error({ err: error }, 'the shutdown failed')
    exitCode = 1
  }
  // A service that is still starting ends below, once its parts are released; the time limit
  // stays.
  if (!service) return
  clearTimeout(limit)
  logger.info('stopped')
  process.exit(exitCode)
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    void stop(signal, 0)
  })
}
// Only where there is a file to read again. Otherwise the signal ends the process, as when its
// terminal is closed.
if (accessFileOf(config) !== undefined || config.hooks !== undefined) {
  process.on('SIGHUP', () => {
    void service?.reload()
  })
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    logger.fatal({ err: error }, event)
    process.exit(1)
  })
}

try {
  service = await startService(config, {
    logger,
    signal: starting.signal
  })
  if (stopping) await service.close()
  starting.signal.throwIfAborted()
  // Others wait for this line: it is written at every log level.
  logger.child({}, { level: 'info' }).info({ url: service.url }, 'listening')
} catch (error) {
  if (stopping) {
    logger.info('stopped')
    process.exit(0)
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`)
    process.exit(wrongConfiguration)
  }
  if (error instanceof AddressError || error instanceof SecretsKeyError) {
    logger.fatal({ code: error.code }, error.message)
  } else logger.fatal({ err: error }, 'the service cannot start')
  process.exit(1)
}
