import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Koa from 'koa';

/** Serves an application on a free port, sends the port to the parent process, and ends with it. */
export function listen(app: Koa): void {
  const server = createServer(app.callback() as RequestListener);
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit(0));
}
