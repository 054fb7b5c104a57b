import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { createBoundedServer } from '../http/bounded-server.ts';
import type { Metrics } from './create-metrics.ts';

/** Prometheus sends a few lines: a client that needs longer is not Prometheus. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * The small server that an operator's Prometheus reads, apart from the public one, because the metrics are not public. It
 * serves `GET /metrics` alone; the caller decides where it listens.
 */
export function createMetricsServer(metrics: Metrics, log: Logger): Server {
  return createBoundedServer(REQUEST_TIMEOUT_MS, (request, response) =>
    answer(request, response, { metrics, log }),
  );
}

async function answer(
  { url = '', method = '' }: IncomingMessage,
  response: ServerResponse,
  { metrics, log }: { metrics: Metrics; log: Logger },
): Promise<void> {
  if (url.split('?')[0] !== '/metrics') return void response.writeHead(404).end();
  if (!['GET', 'HEAD'].includes(method)) return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  try {
    const text = await metrics.expose();
    response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text);
  } catch (error) {
    log.error({ err: error }, 'metrics-failed');
    response.writeHead(500).end();
  }
}
