import { Buffer } from 'node:buffer';

/** A way to write a text that a reader does not recognise; returns the texts that it may represent. */
type Reading = (text: string) => string[];

const MIN_BYTES = 4;
/** Encodings may be nested. */
const MAX_DEPTH = 3;

const bytesOf = (numbers: readonly string[], radix: 10 | 16): string[] => {
  const values = numbers.map((number) => Number.parseInt(number, radix));
  if (values.length < MIN_BYTES || values.some((value) => value > 255)) return [];
  return asTexts(Buffer.from(values));
};

function asTexts(bytes: Buffer): string[] {
  return [bytes.toString('utf8'), bytes.toString('utf16le')];
}

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([match]) => match);

/** Decodes from every offset of a group of four: preceding characters need not belong to it. */
function readBase64(text: string): string[] {
  return [/[A-Za-z0-9+/]{6,}={0,2}/g, /[A-Za-z0-9_-]{6,}/g].flatMap((pattern) =>
    found(text, pattern).flatMap((run) =>
      [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64').toString('utf8')),
    ),
  );
}

export const readings: Readonly<Record<string, Reading>> = {
  'an array of bytes': (text) =>
    found(text, /(?:\d{1,3}\s*,\s*){3,}\d{1,3}/g).flatMap((run) => bytesOf(run.match(/\d+/g) ?? [], 10)),
  'an object of bytes': (text) =>
    found(text, /(?:"\d+"\s*:\s*\d{1,3}\s*,?\s*){4,}/g).flatMap((run) =>
      bytesOf(
        [...run.matchAll(/:\s*(\d{1,3})/g)].map(([, byte = '']) => byte),
        10,
      ),
    ),
  hex: (text) =>
    found(text, /(?:(?:\\+x|0x)?[0-9a-f]{2}[\s:,]{0,2}){4,}[0-9a-f]?/gi).flatMap((run) => {
      const digits = run.replaceAll(/\\+x|0x|[\s:,]/gi, '');
      return [0, 1].flatMap((offset) => bytesOf(digits.slice(offset).match(/../g) ?? [], 16));
    }),
  base64: readBase64,
  'percent-encoding': (text) => [
    text
      .replaceAll('+', ' ')
      .replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
        Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
      ),
  ],
  'escapes of JSON': (text) => [
    text
      .replaceAll(/\\+u(?:\{([0-9a-f]{1,6})\}|([0-9a-f]{4}))/gi, (_, inBraces?: string, four?: string) =>
        inBraces === undefined
          ? String.fromCharCode(Number.parseInt(four!, 16))
          : String.fromCodePoint(Math.min(Number.parseInt(inBraces, 16), 0x10_ff_ff)),
      )
      .replaceAll(/\\(["\\/])/g, '$1'),
  ],
  'entities of HTML': (text) => [
    text.replaceAll(/&#(x?)([0-9a-f]+);/gi, (_, isHex: string, digits: string) =>
      String.fromCodePoint(Math.min(Number.parseInt(digits, isHex ? 16 : 10), 0x10_ff_ff)),
    ),
  ],
};

/** Everything that a text represents in any encoding, each with its encodings. */
export function readAllWritings(text: string): { readonly way: string; readonly text: string }[] {
  let layer = [{ way: 'as it is', text }];
  const all = [...layer];
  const seen = new Set([text]);
  for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
    layer = layer.flatMap((outer) =>
      Object.entries(readings).flatMap(([name, read]) =>
        read(outer.text)
          .filter((inner) => inner.length >= MIN_BYTES && !seen.has(inner) && seen.add(inner))
          .map((inner) => ({ way: `${outer.way}, ${name}`, text: inner })),
      ),
    );
    all.push(...layer);
  }
  return all;
}

/** The names of the secrets in a text, each with its encoding. */
export function findSecrets(text: string, secrets: Readonly<Record<string, string>>): string[] {
  const writings = readAllWritings(text);
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const told = writings.find((writing) => writing.text.includes(secret));
    return told ? [`${name} (${told.way})`] : [];
  });
}
