import { randomBytes } from 'node:crypto';

/** Small letters and digits without those that look alike. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const ID_LENGTH = 12;
const ID = '[a-kmnp-z2-9]{12}';
const KEY = new RegExp(`^tbs_(${ID})_(.+)$`);
/** A world has the pages of subscribers alone. */
const PATH = new RegExp(`^/sandbox/(${ID})(/(?:checkout|my)(?:/.*)?)$`);

/** A new identifier of a world: 60 random bits, as part of database names, keys and addresses. */
export function generateWorldId(): string {
  return Array.from(randomBytes(ID_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** The key under which a company uses its world: `tbs_`, the world, and the world's own key without `tbn_`. */
export function sandboxKeyOf(worldId: string, token: string): string {
  return `tbs_${worldId}_${token.replace(/^tbn_/, '')}`;
}

/** The world of a sent key, and the key as the world knows it; undefined for a live one. */
export function parseSandboxKey(sent: string): { worldId: string; token: string } | undefined {
  const [, worldId, rest] = KEY.exec(sent) ?? [];
  return worldId !== undefined && rest !== undefined ? { worldId, token: `tbn_${rest}` } : undefined;
}

/** The path of a page of a world. */
export function worldPathOf(worldId: string, path = ''): string {
  return `/sandbox/${worldId}${path}`;
}

/** The world of a path, and the path within it. */
export function parseWorldPath(path: string): { worldId: string; path: string } | undefined {
  const [, worldId, rest] = PATH.exec(path) ?? [];
  return worldId !== undefined && rest !== undefined ? { worldId, path: rest } : undefined;
}
