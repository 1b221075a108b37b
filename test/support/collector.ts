import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = { stringValue?: string; intValue?: string; doubleValue?: number };
type Attribute = { key: string; value: Value };
export type CollectedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Record<string, string | number>;
  status: { code?: number; message?: string };
  resource: Record<string, string | number>;
};
export type Collector = {
  origin: string;
  spans: CollectedSpan[];
  /** Path and headers of each request. */
  requests: { url: string; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
};

const plain = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)]));

/** A collector of OpenTelemetry on loopback that keeps what it is sent. With `answer` it answers so; `silent` never answers. */
export async function collector({ answer = 200 as number | 'silent' } = {}): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const requests: Collector['requests'] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    requests.push({ url: request.url ?? '', headers: request.headers });
    const { resourceSpans } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    for (const { resource, scopeSpans } of resourceSpans) {
      for (const span of scopeSpans.flatMap((scope: { spans: object[] }) => scope.spans)) {
        spans.push({ ...span, attributes: plain(span.attributes), resource: plain(resource.attributes) });
      }
    }
    if (answer !== 'silent') response.writeHead(answer, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
