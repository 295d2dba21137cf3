import { type Tracing, type TracingOptions } from './tracing.ts'

/**
 * Opens traces by OTLP over HTTP, to where the standard variables (OTEL_EXPORTER_OTLP_ENDPOINT and
 * its kin) say. The SDK is loaded here, so that a service without a receiver pays nothing for it.
 * It is kept to itself: nothing is registered in OpenTelemetry's globals, which the Pulumi SDK and
 * DBOS use for their own.
 */
export async function openTracing (options: TracingOptions): Promise<Tracing> {
  const { openOtlp } = await import('./otlp.ts')
  return openOtlp(options)
}
