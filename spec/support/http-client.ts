import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { createApp, type AppOptions } from '../../src/app.ts';
import type { Deps } from '../../src/deps.ts';
import type { LineCheck } from '../../src/radius/line-check.ts';

/** The real application on a real port of the loopback interface. */
export interface TestServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** For tests that never reach a line check: it fails closed. */
const noLineCheck: LineCheck = {
  check: () => Promise.resolve({ kind: 'unknown', reason: 'no-server' }),
  stats: () => {
    throw new Error('no line check here');
  },
  close: () => Promise.resolve(),
};

/** Serves the application of a world; close it before the world. */
export async function serveApp(
  deps: Deps,
  lineCheck: LineCheck = noLineCheck,
  options: AppOptions = {},
): Promise<TestServer> {
  const server = createServer(createApp({ ...deps, lineCheck }, options).callback() as RequestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A response; a JSON body is parsed. */
export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

export interface CallOptions {
  /** `null` sends none; a fresh one by default. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client of `/v1`, like a company's server. */
export interface ApiClient {
  get<T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Reply<T>>;
  /** Sends a value as JSON; a text or bytes unchanged. */
  post<T = Record<string, unknown>>(path: string, body?: unknown, options?: CallOptions): Promise<Reply<T>>;
  patch<T = Record<string, unknown>>(path: string, body?: unknown, options?: CallOptions): Promise<Reply<T>>;
  delete<T = Record<string, unknown>>(path: string, options?: CallOptions): Promise<Reply<T>>;
}

/** A client with an API key, or with none. */
export function apiClient(origin: string, token: string | undefined): ApiClient {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const write = <T>(
    method: string,
    {
      path,
      body,
      options: { key = randomUUID(), headers = {} },
    }: { path: string; body?: unknown; options: CallOptions },
  ): Promise<Reply<T>> =>
    send(`${origin}${path}`, {
      method,
      headers: {
        ...authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === null ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: bodyOf(body) }),
    });
  return {
    get: (path, options = {}) =>
      send(`${origin}${path}`, { headers: { ...authorization, ...options.headers } }),
    post: (path, body, options = {}) => write('POST', { path, body, options }),
    patch: (path, body, options = {}) => write('PATCH', { path, body, options }),
    delete: (path, options = {}) => write('DELETE', { path, options }),
  };
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body);
}

async function send<T>(url: string, init: RequestInit): Promise<Reply<T>> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as T,
  };
}
