import { Buffer } from 'node:buffer';
import type { Random } from '../../../batch/demo/random.ts';
import { calculateResponseAuthenticator } from '../../../src/radius/authenticators.ts';
import { AUTHENTICATOR_OFFSET, HEADER_BYTES } from '../../../src/radius/packet.ts';

/** Further input of a mutation. */
export interface MutationSetting {
  readonly random: Random;
  /** Genuine datagrams of the same and of other exchanges. */
  readonly others: readonly Buffer[];
  /** For mutants with a valid Response Authenticator, as after an MD5 collision (BlastRADIUS). */
  readonly key: { readonly requestAuthenticator: Buffer; readonly secret: string };
}

export type Mutation = (datagram: Buffer, setting: MutationSetting) => Buffer;

const interesting = [0, 1, 2, 3, 18, 19, 20, 80, 127, 128, 254, 255] as const;

/** All mutations of a datagram. None changes its input. */
export const mutations: readonly Mutation[] = [
  (datagram, { random }) =>
    edited(datagram, (bytes, at) => void (bytes[at]! ^= 1 << random.below(8)), random),
  (datagram, { random }) => edited(datagram, (bytes, at) => void (bytes[at] = random.below(256)), random),
  (datagram, { random }) =>
    edited(datagram, (bytes, at) => void (bytes[at] = random.pick(interesting)), random),
  (datagram, { random }) =>
    edited(datagram, (bytes, at) => void bytes.subarray(at, at + 16).fill(0xff), random),
  (datagram, { random }) => edited(datagram, (bytes, at) => void (bytes[at % 4] = random.below(256)), random),
  (datagram, { random }) => datagram.subarray(0, random.below(datagram.length + 1)),
  (datagram, { random }) => Buffer.concat([datagram, noise(random, random.between(1, 40))]),
  insertBytes,
  removeBytes,
  repeatPart,
  exchangeParts,
  splice,
  repeatAttribute,
  removeAttribute,
  swapAttributes,
  (datagram, { random }) =>
    withLength(datagram, random.pick([0, 19, 20, datagram.length - 1, datagram.length + 1, 65_535])),
  (datagram) => withLength(datagram, datagram.length),
  (datagram, { key }) => withResponseAuthenticator(datagram, key),
];

function edited(datagram: Buffer, edit: (bytes: Buffer, at: number) => void, random: Random): Buffer {
  const bytes = Buffer.from(datagram);
  if (bytes.length > 0) edit(bytes, random.below(bytes.length));
  return bytes;
}

function noise(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)));
}

function insertBytes(datagram: Buffer, { random }: MutationSetting): Buffer {
  const at = random.below(datagram.length + 1);
  return Buffer.concat([
    datagram.subarray(0, at),
    noise(random, random.between(1, 8)),
    datagram.subarray(at),
  ]);
}

function removeBytes(datagram: Buffer, { random }: MutationSetting): Buffer {
  const at = random.below(datagram.length + 1);
  return Buffer.concat([datagram.subarray(0, at), datagram.subarray(at + random.between(1, 20))]);
}

function repeatPart(datagram: Buffer, { random }: MutationSetting): Buffer {
  const from = random.below(datagram.length + 1);
  const to = random.between(from, datagram.length);
  return Buffer.concat([datagram.subarray(0, to), datagram.subarray(from)]);
}

function exchangeParts(datagram: Buffer, { random }: MutationSetting): Buffer {
  const [a = 0, b = 0, c = 0] = [0, 0, 0].map(() => random.below(datagram.length + 1)).sort((x, y) => x - y);
  const part = (from: number, to?: number) => datagram.subarray(from, to);
  return Buffer.concat([part(0, a), part(b, c), part(a, b), part(c)]);
}

function splice(datagram: Buffer, { random, others }: MutationSetting): Buffer {
  const other = random.pick(others);
  return Buffer.concat([
    datagram.subarray(0, random.below(datagram.length + 1)),
    other.subarray(random.below(other.length + 1)),
  ]);
}

function repeatAttribute(datagram: Buffer, { random }: MutationSetting): Buffer {
  const parts = attributes(datagram);
  if (parts.length === 0) return datagram;
  return rebuilt(datagram, parts.toSpliced(random.below(parts.length + 1), 0, random.pick(parts)));
}

function removeAttribute(datagram: Buffer, { random }: MutationSetting): Buffer {
  const parts = attributes(datagram);
  return rebuilt(datagram, parts.toSpliced(random.below(parts.length + 1), 1));
}

function swapAttributes(datagram: Buffer, { random }: MutationSetting): Buffer {
  return rebuilt(datagram, random.shuffle(attributes(datagram)));
}

/** The attributes as far as they can be parsed; the rest of the bytes is the last one. */
function attributes(datagram: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let offset = HEADER_BYTES; offset < datagram.length;) {
    const length = datagram[offset + 1] ?? 0;
    const end = length < 2 ? datagram.length : Math.min(offset + length, datagram.length);
    parts.push(datagram.subarray(offset, end));
    offset = end;
  }
  return parts;
}

function rebuilt(datagram: Buffer, parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat([datagram.subarray(0, HEADER_BYTES), ...parts]);
  return withLength(bytes, bytes.length);
}

function withLength(datagram: Buffer, length: number): Buffer {
  const bytes = Buffer.from(datagram);
  if (bytes.length >= 4) bytes.writeUInt16BE(Math.max(0, length) % 65_536, 2);
  return bytes;
}

function withResponseAuthenticator(datagram: Buffer, key: MutationSetting['key']): Buffer {
  const bytes = Buffer.from(datagram);
  if (bytes.length < HEADER_BYTES) return bytes;
  calculateResponseAuthenticator(bytes, key).copy(bytes, AUTHENTICATOR_OFFSET);
  return bytes;
}
