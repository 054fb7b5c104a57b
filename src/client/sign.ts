import type { SigningOptions } from './client.types.ts';

/** A request that is about to be sent. */
export interface SignedParts {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Blob | ReadableStream | Uint8Array<ArrayBuffer> | undefined;
}

const LABEL = 'tabane';
const SALT_BYTES = 64;
const COVERED = [
  '@method',
  '@target-uri',
  'authorization',
  'content-type',
  'content-digest',
  'idempotency-key',
];

/**
 * The headers that sign a request (RFC 9421 and 9530): method, address, API key, Idempotency-Key and the digest of the body, with the
 * time and a nonce.
 * @throws TypeError for a body that can be read once only, and for a private key of another kind
 */
export async function sign(
  { keyId, privateKey }: SigningOptions,
  { method, url, headers, body }: SignedParts,
): Promise<Record<string, string>> {
  const digest = body === undefined ? {} : { 'content-digest': await digestOf(body) };
  const present: Readonly<Record<string, string>> = { ...headers, ...digest };
  const values = { ...present, '@method': method, '@target-uri': new URL(url).href };
  const covered = COVERED.filter((name) => Object.hasOwn(values, name));
  const key = typeof privateKey === 'string' ? await importKey(privateKey) : privateKey;
  const created = Math.floor(Date.now() / 1_000);
  const names = covered.map((name) => `"${name}"`).join(' ');
  const parameters = `(${names});created=${created};keyid="${keyId}";nonce="${crypto.randomUUID()}"`;
  const lines = covered.map((name) => `"${name}": ${(values as Record<string, string>)[name]}`);
  const base = new TextEncoder().encode([...lines, `"@signature-params": ${parameters}`].join('\n'));
  const algorithm =
    key.algorithm.name === 'RSA-PSS' ? { name: 'RSA-PSS', saltLength: SALT_BYTES } : key.algorithm.name;
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm, key, base));
  return {
    ...digest,
    'signature-input': `${LABEL}=${parameters}`,
    signature: `${LABEL}=:${encode(signature)}:`,
  };
}

async function digestOf(body: NonNullable<SignedParts['body']>): Promise<string> {
  if (body instanceof ReadableStream) throw new TypeError('a stream cannot be signed: pass its bytes');
  const bytes = new Uint8Array(await new Response(body).arrayBuffer());
  return `sha-256=:${encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))}:`;
}

async function importKey(pem: string): Promise<CryptoKey> {
  const [, encoded] = /-----BEGIN PRIVATE KEY-----([\s\S]+)-----END PRIVATE KEY-----/.exec(pem) ?? [];
  if (encoded === undefined)
    throw new TypeError('the private key must be in PEM (PKCS #8, BEGIN PRIVATE KEY)');
  const der = Uint8Array.from(atob(encoded.replaceAll(/\s/g, '')), (letter) => letter.codePointAt(0) ?? 0);
  for (const algorithm of ['Ed25519', { name: 'RSA-PSS', hash: 'SHA-512' }]) {
    try {
      return await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
    } catch {
      // It may be of the other kind.
    }
  }
  throw new TypeError('the private key must be ed25519 or RSA');
}

const encode = (bytes: Uint8Array) => btoa(String.fromCodePoint(...bytes));
