/**
 * Runs the program through its language host, which the Automation API serves for inline programs
 * (`--client=HOST:PORT`).
 */
import grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/language_grpc_pb.js'
import messages from '@pulumi/pulumi/proto/language_pb.js'
import { EngineError } from '../errors.ts'
import { grpcOptions, isServiceError, unary } from '../providers/grpc.ts'

export interface RunOptions {
  project: string
  stack: string
  organization: string
  pwd: string
  config: Record<string, string>
  secretKeys: string[]
  preview: boolean
  parallel: number
  engineAddress: string
}

/**
 * Runs a program. Resolves with its error, or undefined. The signal ends the wait, not the program.
 */
export async function runProgram (
  address: string,
  options: RunOptions,
  signal: AbortSignal
): Promise<Error | undefined> {
  const client = new services.LanguageRuntimeClient(address, grpc.credentials.createInsecure(), grpcOptions)
  const request = new messages.RunRequest()
  request.setProject(options.project)
  request.setStack(options.stack)
  request.setOrganization(options.organization)
  request.setPwd(options.pwd)
  request.setArgsList([options.engineAddress])
  request.setMonitorAddress(options.engineAddress)
  for (const [key, value] of Object.entries(options.config)) request.getConfigMap().set(key, value)
  request.setConfigsecretkeysList(options.secretKeys)
  request.setDryrun(options.preview)
  request.setParallel(options.parallel)
  try {
    const response = await unary<messages.RunResponse>((done) => client.run(request, done), signal)
    return response.getError() === '' ? undefined : new Error(response.getError())
  } catch (error) {
    if (!isServiceError(error)) throw error
    if (error.code === grpc.status.UNAVAILABLE) {
      return new EngineError('RHE_LANGUAGE_HOST', { address, problem: error.details })
    }
    return new Error(error.details)
  } finally {
    client.close()
  }
}
