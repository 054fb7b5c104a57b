import type {
  CallOptions,
  Client,
  ClientOptions,
  Operation,
  Route,
  Routes,
  StreamOptions,
} from './client.types.ts';
import { send } from './send.ts';
import { streamEvents } from './stream-events.ts';

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/**
 * A client with a method for each operation, named as in the API's document. The generated `index` calls it with the operations'
 * types and routes.
 */
export function createClient<O extends { [K in keyof O]: Operation }>(
  routes: Routes<O>,
  options: ClientOptions,
): Client<O> {
  const calls = Object.entries<Route>(routes).map(([name, route]) => [name, callOf(route, options)] as const);
  const all = Object.fromEntries(
    calls.map(([name, call]) => [
      name,
      (...args: readonly unknown[]) => readAll(routes[name as keyof O], call, args),
    ]),
  );
  const events = { stream: (from?: StreamOptions) => streamEvents(options, from) };
  return { ...Object.fromEntries(calls), all, events } as unknown as Client<O>;
}

/** The variable parts of the path first, then query or body, then options. */
function callOf(route: Route, options: ClientOptions): Call {
  return async (...args) => {
    const [parts, input, call] = splitArguments(route, args);
    const url = new URL(fillPath(route, parts), options.origin);
    const isRead = route.method === 'GET';
    if (isRead) addQuery(url, input);
    const response = await send(options, {
      route,
      url: url.href,
      body: isRead ? undefined : writeBody(route, input),
      idempotencyKey: call.idempotencyKey ?? crypto.randomUUID(),
      signal: call.signal,
    });
    if (route.isFile) return response;
    return response.status === 204 ? undefined : await response.json();
  };
}

async function* readAll(route: Route, call: Call, args: readonly unknown[]): AsyncGenerator<unknown, void> {
  const [parts, input, options] = splitArguments(route, args);
  let after: string | undefined;
  do {
    const query = { ...input, ...(after === undefined ? {} : { after }) };
    const page = (await call(...parts, query, options)) as { items: unknown[]; next: string | null };
    yield* page.items;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

function splitArguments({ path, hasInput }: Route, args: readonly unknown[]) {
  const count = path.split('{').length - 1;
  const [input, options] = hasInput ? args.slice(count) : [undefined, args[count]];
  return [args.slice(0, count), input as object | undefined, (options ?? {}) as CallOptions] as const;
}

/** @throws TypeError for a part that is missing: `/v1/charges/undefined` would be another resource. */
function fillPath(route: Route, parts: readonly unknown[]): string {
  let at = 0;
  return route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const part = parts[at++];
    if (typeof part !== 'string' || part === '')
      throw new TypeError(`${name} must be a string that is not empty`);
    return encodeURIComponent(part);
  });
}

function addQuery(url: URL, input: unknown): void {
  for (const [name, value] of Object.entries((input ?? {}) as Record<string, string | number | boolean>)) {
    if ((value as unknown) !== undefined) url.searchParams.set(name, String(value));
  }
}

function writeBody({ contentType }: Route, input: unknown) {
  if (contentType !== undefined) return input as string | Blob | ReadableStream | Uint8Array<ArrayBuffer>;
  return JSON.stringify(input ?? {});
}
