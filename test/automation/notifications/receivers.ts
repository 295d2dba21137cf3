/** Real servers that take notifications: one for HTTP, one for mail with STARTTLS. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SMTPServer } from 'smtp-server'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  text: string
  body: Record<string, unknown>
}

/** Takes requests; `answer` says the status of each. */
export async function startHttp (answer: (received: Received, before: number) => number = () => 200) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const text = Buffer.concat(pieces).toString('utf8')
      const one = {
        path: request.url ?? '',
        headers: request.headers,
        text,
        body: JSON.parse(text) as Record<string, unknown>
      }
      const status = answer(one, received.length)
      received.push(one)
      response.writeHead(status, status === 302 ? { location: 'http://169.254.169.254/' } : {}).end(
        'the body of an answer'
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async count (wanted: number) {
      for (let tries = 0; received.length < wanted; tries++) {
        if (tries > 1000) {
          throw new Error(
            `${received.length} of ${wanted} arrived: ` +
              `${JSON.stringify(received.map(({ path, text }) => [path, text]))}`
          )
        }
        await sleep(20)
      }
      return received
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}

/**
 * A mail server for one user; `certificate` is its own authority. Undefined where openssl is not
 * installed.
 */
export async function startMail (options: { tls: boolean }) {
  const folder = await mkdtemp(join(tmpdir(), 'windlass-mail-'))
  try {
    await promisify(execFile)('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      join(folder, 'key'),
      '-out',
      join(folder, 'certificate')
    ])
    const [key, certificate] = await Promise.all(
      ['key', 'certificate'].map((name) => readFile(join(folder, name), 'utf8'))
    )
    const mails: { text: string, secure: boolean }[] = []
    const server = new SMTPServer({
      key,
      cert: certificate,
      ...(!options.tls && { disabledCommands: ['STARTTLS'] }),
      allowInsecureAuth: false,
      onAuth ({ username, password }, _session, done) {
        done(
          username === 'windlass' && password === 'mail-password' ? null : new Error('wrong: mail-password'),
          { user: username }
        )
      },
      onData (stream, session, done) {
        const pieces: Buffer[] = []
        stream.on('data', (piece: Buffer) => pieces.push(piece))
        stream.on('end', () => {
          mails.push({ text: Buffer.concat(pieces).toString('utf8'), secure: session.secure })
          done()
        })
      }
    })
    // A client that turns away from a certificate is no failure of the server.
    server.on('error', () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    return {
      mails,
      certificate: certificate ?? '',
      port: (server.server.address() as AddressInfo).port,
      close: () =>
        new Promise<void>((resolve) => {
          server.close(resolve)
        })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}
