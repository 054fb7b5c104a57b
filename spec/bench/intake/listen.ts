import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Koa from 'koa';

/** Serves an application on a free port and tells the process that started this one; ends with it. */
export function listen(app: Koa): void {
  const server = createServer(app.callback() as RequestListener);
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit(0));
}
