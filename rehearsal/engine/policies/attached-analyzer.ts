/** A policy pack that serves the Analyzer protocol over gRPC. */
import grpc from '@grpc/grpc-js'
import services from '@pulumi/pulumi/proto/analyzer_grpc_pb.js'
import empties from 'google-protobuf/google/protobuf/empty_pb.js'
import {
  type AnalyzedResource,
  type AnalyzedStack,
  type AnalyzedStackResource,
  type Analysis,
  type Analyzer,
  type AnalyzerInfo,
  type PolicyConfigs,
  type Remedy
} from '../../analyzer.ts'
import { grpcOptions, isServiceError, unary } from '../providers/grpc.ts'
import {
  analysisOf,
  analyzeMessage,
  analyzeStackMessage,
  configureMessage,
  configureStackMessage,
  infoOf,
  remedyOf
} from './analyzer-messages.ts'

/** Waits for a call that older packs do not have. */
async function optional (call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!isServiceError(error) || error.code !== grpc.status.UNIMPLEMENTED) throw error
  }
}

export class AttachedAnalyzer implements Analyzer {
  readonly #client: services.AnalyzerClient
  readonly #released: () => void

  /**
   * `released` is called when the run that uses the pack has ended. The connection stays open for
   * the next one.
   */
  constructor (client: services.AnalyzerClient, released: () => void) {
    this.#client = client
    this.#released = released
  }

  static connect (port: number): services.AnalyzerClient {
    return new services.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), grpcOptions)
  }

  async info (): Promise<AnalyzerInfo> {
    return infoOf(await unary((callback) => this.#client.getAnalyzerInfo(new empties.Empty(), callback)))
  }

  configureStack (stack: AnalyzedStack): Promise<void> {
    return optional(unary((callback) => this.#client.configureStack(configureStackMessage(stack), callback)))
  }

  async configure (configs: PolicyConfigs): Promise<void> {
    await unary((callback) => this.#client.configure(configureMessage(configs), callback))
  }

  async remediate (resource: AnalyzedResource): Promise<Remedy> {
    return remedyOf(await unary((callback) => this.#client.remediate(analyzeMessage(resource), callback)))
  }

  async analyze (resource: AnalyzedResource): Promise<Analysis> {
    return analysisOf(await unary((callback) => this.#client.analyze(analyzeMessage(resource), callback)))
  }

  async analyzeStack (resources: AnalyzedStackResource[]): Promise<Analysis> {
    return analysisOf(
      await unary((callback) => this.#client.analyzeStack(analyzeStackMessage(resources), callback))
    )
  }

  release (): void {
    this.#released()
  }
}
