import {
  isInnerList,
  parseDictionary,
  serializeInnerList,
  type Dictionary,
  type InnerList,
  type Item,
} from 'structured-headers';
import { signatureRefusal } from './signature-refusal.ts';

/** A signature as it was sent (RFC 9421 §4), not verified yet. */
export interface SentSignature {
  /** Names of the covered components in their order. */
  readonly components: readonly string[];
  readonly createdSeconds: number;
  readonly keyId: string;
  readonly nonce: string;
  /** `alg`, if it was sent. */
  readonly algorithm: string | undefined;
  /** The value of `@signature-params`. */
  readonly parametersText: string;
  readonly bytes: Uint8Array;
}

/** A signature is accepted this long before and after the time that it says. */
export const MAX_SIGNATURE_AGE_SECONDS = 300;
const MAX_COMPONENTS = 32;
const MIN_NONCE_LENGTH = 16;
const MAX_NONCE_LENGTH = 128;
const ALGORITHMS: ReadonlySet<unknown> = new Set(['ed25519', 'rsa-pss-sha512']);

/**
 * Reads the one signature of a request, its covered components and parameters. Components with parameters (`;sf`, `;key` …) are
 * refused: nothing of them is needed.
 * @throws Problem `signature-invalid`
 */
export function readSignature(headers: {
  readonly signatureInput: string;
  readonly signature: string;
}): SentSignature {
  const inputs = parse('Signature-Input', headers.signatureInput);
  const signatures = parse('Signature', headers.signature);
  const [entry, ...others] = inputs;
  if (!entry || others.length > 0 || signatures.size !== 1)
    throw malformed('Send one signature, with the same label in Signature-Input and Signature.');
  const [label, input] = entry;
  const sent = signatures.get(label);
  const bytes = sent && !isInnerList(sent) ? sent[0] : undefined;
  if (!isInnerList(input) || !(bytes instanceof ArrayBuffer))
    throw malformed('Signature-Input must be a list of components, and Signature the bytes between colons.');
  const parameters = readParameters(input);
  return {
    components: readComponents(input[0]),
    ...parameters,
    parametersText: serializeInnerList(input),
    bytes: new Uint8Array(bytes),
  };
}

const malformed = (detail: string) => signatureRefusal('malformed', detail);

function parse(name: string, value: string): Dictionary {
  try {
    return parseDictionary(value);
  } catch {
    throw malformed(`${name} is not a structured field (RFC 9651).`);
  }
}

function readComponents(items: readonly Item[]): string[] {
  const names = items.map(([name, parameters]) => {
    if (typeof name !== 'string' || parameters.size > 0)
      throw signatureRefusal('component-unsupported', 'Components are names in quotes, without parameters.');
    return name;
  });
  if (names.length > MAX_COMPONENTS || new Set(names).size < names.length)
    throw malformed(`A signature covers each component once, and ${MAX_COMPONENTS} at most.`);
  return names;
}

function readParameters([, parameters]: InnerList) {
  const created = parameters.get('created');
  const keyId = parameters.get('keyid');
  const nonce = parameters.get('nonce');
  const algorithm = parameters.get('alg');
  const missing = [
    ...(Number.isInteger(created) ? [] : ['created']),
    ...(typeof keyId === 'string' ? [] : ['keyid']),
    ...(typeof nonce === 'string' && isNonce(nonce) ? [] : ['nonce']),
  ];
  if (missing.length > 0)
    throw signatureRefusal(
      'parameter-missing',
      `The signature needs created (whole seconds), keyid and a nonce of ${MIN_NONCE_LENGTH} to ${MAX_NONCE_LENGTH} characters; missing: ${missing.join(', ')}.`,
    );
  if (algorithm !== undefined && !ALGORITHMS.has(algorithm))
    throw signatureRefusal('algorithm-unsupported', 'alg must be "ed25519" or "rsa-pss-sha512".');
  return {
    createdSeconds: created as number,
    keyId: keyId as string,
    nonce: nonce as string,
    algorithm: algorithm as string | undefined,
  };
}

const isNonce = (nonce: string) => nonce.length >= MIN_NONCE_LENGTH && nonce.length <= MAX_NONCE_LENGTH;

/** What a request has to have covered. */
interface Covering {
  readonly hasBody: boolean;
  readonly hasIdempotencyKey: boolean;
}

/**
 * Refuses a signature that leaves open what a stranger could exchange: the method, the address, the body, the API key, or the key
 * under which a repetition is recognised.
 * @throws Problem `signature-invalid`
 */
export function assertCovers(components: readonly string[], { hasBody, hasIdempotencyKey }: Covering): void {
  const needed = ['@method', 'authorization'];
  if (!components.includes('@target-uri')) needed.push('@authority', '@path', '@query');
  if (hasBody) needed.push('content-digest');
  if (hasIdempotencyKey) needed.push('idempotency-key');
  const missing = needed.filter((name) => !components.includes(name));
  if (missing.length === 0) return;
  throw signatureRefusal(
    'component-missing',
    `The signature does not cover ${missing.map((name) => `"${name}"`).join(', ')}; "@target-uri" covers "@authority", "@path" and "@query".`,
  );
}

/** @throws Problem `signature-invalid` for a signature of another time than now */
export function assertInTime(createdSeconds: number, now: Date): void {
  const differenceMs = Math.abs(now.getTime() - createdSeconds * 1_000);
  if (differenceMs <= MAX_SIGNATURE_AGE_SECONDS * 1_000) return;
  throw signatureRefusal(
    'created-out-of-range',
    `created must be within five minutes of our clock, which shows ${Math.floor(now.getTime() / 1_000)}.`,
  );
}
