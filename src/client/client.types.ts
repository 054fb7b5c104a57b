/** One operation of the API: the types of its parts. */
export interface Operation {
  /** Variable parts of the path, in order. */
  readonly path: readonly string[];
  /** Query of a read, or body of a write. */
  readonly input: unknown;
  readonly output: unknown;
}

/** What is sent for one operation. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `{name}` marks a variable part. */
  readonly path: string;
  /** Whether a query or body can be sent. */
  readonly hasInput: boolean;
  /** Whether it takes an Idempotency-Key. */
  readonly isIdempotent: boolean;
  /** Type of the body that is sent; JSON if none is named. */
  readonly contentType?: string;
  /** Whether the answer is a file, which is handed over as a `Response`. */
  readonly isFile: boolean;
}

export type Operations = { readonly [name: string]: Operation };
export type Routes<O> = { readonly [K in keyof O]: Route };

/** What can be set for a single call. */
export interface CallOptions {
  /** Default: a random one for each call, the same for its retries. Pass your own if your program may stop between two tries. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

type Input<T> = [T] extends [undefined] ? [] : Partial<T> extends T ? [input?: T] : [input: T];

/** `method(...variable parts of the path, query or body, options)`. */
export type Method<O extends Operation> = (
  ...args: [...path: O['path'], ...input: Input<O['input']>, options?: CallOptions]
) => Promise<O['output']>;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Names of the operations that return pages. */
export type ListName<O> = { [K in keyof O]: O[K] extends { output: Page<unknown> } ? K : never }[keyof O];

/** All items of a list, page by page as they are read. */
export type AllItems<O extends Operation> =
  O['output'] extends Page<infer Item>
    ? (
        ...args: [...path: O['path'], ...input: Input<O['input']>, options?: CallOptions]
      ) => AsyncGenerator<Item, void>
    : never;

export type Client<O extends { [K in keyof O]: Operation }> = { readonly [K in keyof O]: Method<O[K]> } & {
  /** The lists of the API as async iterators over all items. */
  readonly all: { readonly [K in ListName<O>]: AllItems<O[K]> };
  readonly events: {
    /** The events of your company as they happen, also over connections that break off. */
    stream(options?: StreamOptions): AsyncGenerator<EventOf<O>, void>;
  };
};

/** An event, as the operation that reads one returns it. */
type EventOf<O> = O extends { getEvent: { output: infer Event } } ? Event : unknown;

export interface SigningOptions {
  /** The `keyid` under which the public key is registered. */
  readonly keyId: string;
  /** In PEM (PKCS #8, `BEGIN PRIVATE KEY`): ed25519, or RSA of 2,048 bits or more; or an imported key. Keep it on your server. */
  readonly privateKey: string | CryptoKey;
}

export interface StreamOptions {
  /** The `sequence` of the last event that you have. Default: what happens from now on. */
  readonly after?: number;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
}

export interface ClientOptions {
  /** `tbn_…`; keep it on your server. */
  readonly apiKey: string;
  /** Signs each request (RFC 9421), with a key whose public half your company has registered. */
  readonly signing?: SigningOptions;
  /** Where the API is, such as `https://pay.example`. */
  readonly origin: string;
  /** How often a call that failed for a moment is sent again. Default 3. */
  readonly retries?: number;
  /** How long one try may take. Default 30,000. */
  readonly timeoutMs?: number;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
}
