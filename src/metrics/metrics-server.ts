import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { createBoundedServer } from '../http/bounded-server.ts';
import type { Metrics } from './create-metrics.ts';

/** Prometheus sends a few lines: a client that needs longer is not Prometheus. */
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * The small server an operator's Prometheus asks, apart from the public one: what goes on inside is nobody else's
 * business. Knows `GET /metrics` alone; where it listens is the caller's to say.
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
