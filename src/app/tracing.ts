import { hostname } from 'node:os';
import type { Logger } from 'pino';
import manifest from '../../package.json' with { type: 'json' };
import { type Config, decoded } from '../config.ts';
import { Outage } from '../postgres/outage.ts';
import { otlpExporter } from '../telemetry/otlp.ts';
import { traceOperations } from '../telemetry/spans.ts';
import { spansSent } from '../telemetry/spans-sent.ts';

type Settings = Pick<Config, 'OTEL_EXPORTER_OTLP_HEADERS'> & { OTEL_EXPORTER_OTLP_ENDPOINT: string };

/** Sends what this process does to a collector, as traces. A collector that is away is told of once, and holds nothing up. */
export function startTracing(config: Settings, { role, log }: { role: string; log: Logger }): { close(): Promise<void> } {
  const outage = new Outage('the collector of traces', log);
  const exporter = otlpExporter({
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    headers: headersOf(config.OTEL_EXPORTER_OTLP_HEADERS),
    resource: {
      'service.name': 'ombre',
      'service.version': manifest.version,
      'service.instance.id': `${hostname()}:${process.pid}`,
      'ombre.role': role,
    },
    onDone: ({ sent, lost, error }) => {
      spansSent.sent += sent;
      spansSent.lost += lost;
      if (lost > 0) outage.away(error);
      else outage.well();
    },
  });
  const stop = traceOperations(exporter.take);
  return {
    close: async () => {
      stop();
      await exporter.close();
    },
  };
}

/** `name=value`, the value percent-encoded, as OpenTelemetry has it. */
function headersOf(given: readonly string[]): Record<string, string> {
  const pairs = given.map(text => [text.slice(0, text.indexOf('=')), decoded(text.slice(text.indexOf('=') + 1)) ?? '']);
  return Object.fromEntries(pairs);
}
