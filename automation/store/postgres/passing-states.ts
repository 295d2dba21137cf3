/**
 * Data table: errors of PostgreSQL, of the driver and of sockets that say nothing about the
 * statement.
 */

/**
 * The way in which an error passes. `away`: the store takes nothing at the moment, and whoever
 * writes waits. `collision`: this statement met another, and is tried again at once.
 */
export type Passing = 'away' | 'collision'

/** A row: what passes, in which way, why, and who says so. */
export interface PassingState {
  readonly passing: Passing
  /** Its name in the source. */
  readonly name: string
  readonly why: string
  readonly source: string
}

const appendix = 'PostgreSQL, appendix A, error codes'
const node = 'Node.js, common system errors'

const state = (passing: Passing, name: string, why: string): PassingState => ({
  passing,
  name,
  why,
  source: appendix
})
const socket = (name: string, why: string): PassingState => ({ passing: 'away', name, why, source: node })

/** States of PostgreSQL by SQLSTATE. What is not here does not pass. */
export const passingStates: Readonly<Record<string, PassingState>> = {
  '08000': state('away', 'connection_exception', 'the connection broke'),
  '08001': state('away', 'sqlclient_unable_to_establish_sqlconnection', 'the server cannot be reached'),
  '08003': state('away', 'connection_does_not_exist', 'the connection is gone; the next one is another'),
  '08004': state('away', 'sqlserver_rejected_establishment_of_sqlconnection', 'the server takes no session'),
  '08006': state('away', 'connection_failure', 'the connection broke'),
  '08007': state('away', 'transaction_resolution_unknown', 'the connection broke at a commit'),
  '08P01': state('away', 'protocol_violation', 'poolers say so when the server behind them went away'),
  '25006': state('away', 'read_only_sql_transaction', 'the server is a standby, until its failover is over'),
  '25P03': state('collision', 'idle_in_transaction_session_timeout', 'the process slept; it begins again'),
  '25P04': state('collision', 'transaction_timeout', 'the process or the server was slow for a moment'),
  '28000': state('away', 'invalid_authorization_specification', 'no session is had, whatever is asked for'),
  '28P01': state('away', 'invalid_password', 'no session is had until the password is the right one'),
  '3D000': state('away', 'invalid_catalog_name', 'the database is not there, as while it is restored'),
  '40000': state('collision', 'transaction_rollback', 'rolled back; the same may succeed'),
  '40001': state('collision', 'serialization_failure', 'rolled back for another transaction'),
  '40003': state('collision', 'statement_completion_unknown', 'statements name the state they start from'),
  '40P01': state('collision', 'deadlock_detected', 'rolled back for another transaction'),
  '53000': state('away', 'insufficient_resources', 'the server lacks something for everybody'),
  '53100': state('away', 'disk_full', 'nobody can write until there is room'),
  '53200': state('away', 'out_of_memory', 'the server lacks memory for everybody'),
  '53300': state('away', 'too_many_connections', 'no connection is free'),
  '55P03': state('collision', 'lock_not_available', 'somebody holds the row'),
  '57014': state('collision', 'query_canceled', 'canceled from outside, or slow for a moment'),
  '57P01': state('away', 'admin_shutdown', 'the session was ended, or the server is shut down'),
  '57P02': state('away', 'crash_shutdown', 'another session crashed; all are ended'),
  '57P03': state('away', 'cannot_connect_now', 'the server starts, stops or recovers'),
  '57P04': state('away', 'database_dropped', 'the database is not there, as while it is restored'),
  '57P05': state('away', 'idle_session_timeout', 'the session was ended; the next one is another')
}

/** Codes of the operating system, of calls that connect, read, write or look a name up. */
export const passingSockets: Readonly<Record<string, PassingState>> = {
  ECONNABORTED: socket('software caused connection abort', 'the connection broke'),
  ECONNREFUSED: socket('connection refused', 'nobody listens, as while the server restarts'),
  ECONNRESET: socket('connection reset by peer', 'the connection broke'),
  EAI_AGAIN: socket('temporary failure in name resolution', 'the name server does not answer'),
  EHOSTDOWN: socket('host is down', 'the machine is away'),
  EHOSTUNREACH: socket('host is unreachable', 'the network is away'),
  ENETDOWN: socket('network is down', 'the network is away'),
  ENETUNREACH: socket('network is unreachable', 'the network is away'),
  ENOENT: socket('no such file', 'the server of a Unix socket is not up'),
  ENOTFOUND: socket('DNS lookup failed', 'the name comes back with its machine'),
  EPIPE: socket('broken pipe', 'the connection broke'),
  ETIMEDOUT: socket('operation timed out', 'the machine or the network is away')
}

/** Beginnings of messages of node-postgres, which has no codes of its own. */
export const passingWords: readonly (PassingState & { readonly begins: string })[] = ([
  ['Connection terminated', 'pg/lib/client.js, pg-pool', 'the connection broke, or was not had in time'],
  ['timeout expired', 'pg/lib/client.js', 'the server did not answer a new connection in time'],
  ['timeout exceeded when trying to connect', 'pg-pool', 'no connection of the pool was free in time'],
  ['Client has encountered a connection error', 'pg/lib/client.js', 'the connection broke before'],
  ['Client was closed and is not queryable', 'pg/lib/client.js', 'the connection was closed before'],
  ['Query read timeout', 'pg/lib/client.js', 'the server does not answer'],
  ['There was an error establishing an SSL connection', 'pg/lib/connection.js', 'the server went away']
] as const).map(([begins, source, why]) => ({ passing: 'away', name: begins, begins, source, why }))
