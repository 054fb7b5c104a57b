import { createHash, generateKeyPairSync, randomBytes, sign, constants, type KeyObject } from 'node:crypto';
import type { Deps } from '../../src/deps.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { registerSigningKey } from '../../src/signing-keys/register-signing-key.ts';
import { staff } from './actors.ts';

/** The private half of a pair that a company made. */
export interface Signer {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** A new pair whose public half is registered for a company. */
export async function makeSigner(
  deps: Deps,
  companyId: number,
  type: 'ed25519' | 'rsa' = 'ed25519',
): Promise<Signer> {
  const { privateKey, publicKey } =
    type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  const { code: companyCode } = await sqlOf(deps.orm.em.fork())
    .selectFrom('company')
    .select('code')
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const { id } = await registerSigningKey(deps, staff(), {
    companyCode,
    label: type,
    publicKey: pem,
  });
  return { keyId: id, privateKey };
}

export interface ToSign {
  readonly method: string;
  /** As the sender sees it. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly now: Date;
  /** Covered components, if not all. */
  readonly components?: readonly string[];
  readonly nonce?: string;
  /** More parameters as they are written, such as `;alg="ed25519"`. */
  readonly parameters?: string;
}

/** The headers of a request with a signature over it. */
export function signRequest({ keyId, privateKey }: Signer, request: ToSign): Record<string, string> {
  const { method, url, body, now, nonce = randomBytes(16).toString('hex'), parameters = '' } = request;
  const headers: Record<string, string> = { ...request.headers };
  if (body !== undefined)
    headers['content-digest'] ??= `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
  const { pathname, search, host } = new URL(url);
  const values: Record<string, string> = {
    ...headers,
    '@method': method,
    '@target-uri': url,
    '@authority': host,
    '@path': pathname,
    '@query': search || '?',
  };
  const components = request.components ?? [
    '@method',
    '@target-uri',
    ...Object.keys(headers).filter((name) => name !== 'content-type'),
  ];
  const created = Math.floor(now.getTime() / 1_000);
  const written = `(${components.map((name) => `"${name}"`).join(' ')});created=${created};keyid="${keyId}";nonce="${nonce}"${parameters}`;
  const base = [
    ...components.map((name) => `"${name}": ${values[name]}`),
    `"@signature-params": ${written}`,
  ].join('\n');
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const signature =
    privateKey.asymmetricKeyType === 'ed25519'
      ? sign(null, Buffer.from(base), privateKey)
      : sign('sha512', Buffer.from(base), { key: privateKey, padding, saltLength: 64 });
  return {
    ...headers,
    'signature-input': `sig1=${written}`,
    signature: `sig1=:${signature.toString('base64')}:`,
  };
}

/** The public half of a new ed25519 pair, in PEM. */
export const newPublicKey = (): string =>
  generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });
